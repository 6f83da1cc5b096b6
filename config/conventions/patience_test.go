package conventions

import (
	"go/ast"
	"slices"
	"testing"
)

// TestTestsNeitherSleepNorSkip lets tests sleep only where synctest makes time: there it takes none.
func TestTestsNeitherSleepNorSkip(t *testing.T) {
	for _, p := range readModule(t) {
		for _, f := range p.written(true) {
			bubble := slices.ContainsFunc(f.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == `"testing/synctest"` })
			ast.Inspect(f.File, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				called, ok := call.Fun.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				on, name := receiver(called.X), called.Sel.Name
				switch {
				case on == "time" && name == "Sleep" && !bubble:
					t.Errorf("%s: a test sleeps: wait for a condition, or use synctest", f.at(call))
				case slices.Contains([]string{"t", "b", "f", "tb"}, on) && slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, name):
					t.Errorf("%s: a test is skipped", f.at(call))
				}
				return true
			})
		}
	}
}
