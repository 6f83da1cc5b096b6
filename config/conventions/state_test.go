package conventions

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

func TestThereIsNoInit(t *testing.T) {
	for _, p := range readModule(t) {
		for _, f := range p.files {
			for _, d := range f.Decls {
				if d, ok := d.(*ast.FuncDecl); ok && d.Recv == nil && d.Name.Name == "init" {
					t.Errorf("%s: func init", f.at(d))
				}
			}
		}
	}
}

// TestPackagesHoldNoState lets a package have variables that are constants in all but the language: errors, patterns,
// tables, embedded files, assertions. Nothing may be assigned to them afterwards. A program may have its version.
func TestPackagesHoldNoState(t *testing.T) {
	for _, p := range readModule(t) {
		var names []string
		for _, f := range p.written(false) {
			for _, v := range variables(f) {
				if !constant(v, p.name == "main") {
					t.Errorf("%s: package variable %s", f.at(v.spec), v.spec.Names[0].Name)
				}
				for _, name := range v.spec.Names {
					if name.Name != "_" {
						names = append(names, name.Name)
					}
				}
			}
		}
		for _, f := range p.written(false) {
			for _, d := range f.Decls {
				if d, ok := d.(*ast.FuncDecl); ok && d.Body != nil {
					for _, name := range assigned(d, names) {
						t.Errorf("%s: the package variable %s is changed", f.at(name), name.Name)
					}
				}
			}
		}
	}
}

// variable is one declaration at the top of a file.
type variable struct {
	spec     *ast.ValueSpec
	embedded bool
}

func variables(f file) []variable {
	var list []variable
	for _, d := range f.Decls {
		d, ok := d.(*ast.GenDecl)
		if !ok || d.Tok != token.VAR {
			continue
		}
		for _, spec := range d.Specs {
			if s, ok := spec.(*ast.ValueSpec); ok {
				list = append(list, variable{s, embeds(d.Doc) || embeds(s.Doc)})
			}
		}
	}
	return list
}

func embeds(doc *ast.CommentGroup) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:embed ") })
}

// makers are the functions whose results nobody changes.
var makers = []string{
	"errors.New", "fmt.Errorf", "regexp.MustCompile", "time.Date", "netip.MustParsePrefix", "netip.MustParseAddr",
	"crc32.MakeTable", "base32.StdEncoding.WithPadding", "base64.StdEncoding.WithPadding",
}

// constant tells whether v is one in all but the language.
func constant(v variable, program bool) bool {
	if v.embedded {
		return true
	}
	if len(v.spec.Values) != len(v.spec.Names) {
		return false
	}
	for i, e := range v.spec.Values {
		if v.spec.Names[i].Name == "_" { // an assertion
			continue
		}
		switch e := e.(type) {
		case *ast.CompositeLit:
		case *ast.CallExpr:
			if !slices.Contains(makers, dotted(e.Fun)) {
				return false
			}
		case *ast.BasicLit:
			if !program || e.Kind != token.STRING {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// dotted writes a name with the names before it, such as time.Date.
func dotted(e ast.Expr) string {
	if s, ok := e.(*ast.SelectorExpr); ok {
		return dotted(s.X) + "." + s.Sel.Name
	}
	return receiver(e)
}

// assigned returns where d assigns to one of names, unless d declares the name itself.
func assigned(d *ast.FuncDecl, names []string) []*ast.Ident {
	own := make(map[string]bool)
	var found []*ast.Ident
	target := func(e ast.Expr) {
		if name := root(e); name != nil && slices.Contains(names, name.Name) {
			found = append(found, name)
		}
	}
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			for _, name := range n.Names {
				own[name.Name] = true
			}
		case *ast.ValueSpec:
			for _, name := range n.Names {
				own[name.Name] = true
			}
		case *ast.RangeStmt:
			if n.Tok == token.DEFINE {
				own[receiver(n.Key)], own[receiver(n.Value)] = true, true
			}
		case *ast.AssignStmt:
			for _, left := range n.Lhs {
				if n.Tok == token.DEFINE {
					own[receiver(left)] = true
				} else {
					target(left)
				}
			}
		case *ast.IncDecStmt:
			target(n.X)
		}
		return true
	})
	return slices.DeleteFunc(found, func(name *ast.Ident) bool { return own[name.Name] })
}

// root returns the name at the beginning of what is assigned to: t of t.f[i].
func root(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return root(e.X)
	case *ast.IndexExpr:
		return root(e.X)
	case *ast.StarExpr:
		return root(e.X)
	case *ast.ParenExpr:
		return root(e.X)
	}
	return nil
}
