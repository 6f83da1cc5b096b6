package conventions

import (
	"go/ast"
	"go/token"
	"regexp"
	"testing"
)

func TestEachPackageHasOnePackageComment(t *testing.T) {
	for _, p := range readModule(t) {
		files := p.written(false)
		if len(files) == 0 {
			files = p.written(true)
		}
		if len(files) == 0 {
			continue // generated
		}
		var comments []string
		for _, f := range files {
			if f.Doc != nil {
				comments = append(comments, f.path)
			}
		}
		if len(comments) != 1 {
			t.Errorf("%s has %d package comments %v, want one", p.folder, len(comments), comments)
		}
	}
}

func TestEveryExportedNameIsDocumented(t *testing.T) {
	for _, p := range readModule(t) {
		for _, f := range p.written(false) {
			for _, declaration := range f.Decls {
				for _, name := range undocumented(declaration) {
					t.Errorf("%s: %s has no comment", f.at(name), name.Name)
				}
			}
		}
	}
}

// undocumented returns the exported names that a declaration makes and says nothing about. A comment above or behind a
// name will do, and so will one above a group of constants or variables.
func undocumented(declaration ast.Decl) []*ast.Ident {
	var names []*ast.Ident
	switch d := declaration.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && (d.Recv == nil || ast.IsExported(receiver(d.Recv.List[0].Type))) {
			names = append(names, d.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && s.Doc == nil && s.Comment == nil && (d.Doc == nil || d.Lparen.IsValid()) {
					names = append(names, s.Name)
				}
			case *ast.ValueSpec:
				for _, name := range s.Names {
					if name.IsExported() && s.Doc == nil && s.Comment == nil && d.Doc == nil {
						names = append(names, name)
					}
				}
			}
		}
	}
	return names
}

// receiver returns the name of a receiver's type.
func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.IndexListExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

func TestNothingIsMarkedAsUnfinished(t *testing.T) {
	marks := regexp.MustCompile(`\b(TODO|FIXME|XXX|HACK)\b`)
	for _, p := range readModule(t) {
		for _, f := range p.files {
			for _, group := range f.Comments {
				for _, comment := range group.List {
					if !f.generated && marks.MatchString(comment.Text) {
						t.Errorf("%s: %s", f.at(comment), comment.Text)
					}
				}
			}
		}
	}
}

func TestUndocumentedSeesWhatItShould(t *testing.T) {
	name := func(s string) *ast.Ident { return ast.NewIdent(s) }
	doc := &ast.CommentGroup{List: []*ast.Comment{{Text: "// why"}}}
	for _, test := range []struct {
		name string
		in   ast.Decl
		want int
	}{
		{"a function", &ast.FuncDecl{Name: name("Do")}, 1},
		{"a function with a comment", &ast.FuncDecl{Name: name("Do"), Doc: doc}, 0},
		{"a function of the package", &ast.FuncDecl{Name: name("do")}, 0},
		{"a method of a hidden type", &ast.FuncDecl{Name: name("Do"), Recv: &ast.FieldList{List: []*ast.Field{{Type: &ast.StarExpr{X: name("t")}}}}}, 0},
		{"a type", &ast.GenDecl{Tok: token.TYPE, Specs: []ast.Spec{&ast.TypeSpec{Name: name("T")}}}, 1},
		{"a group of constants", &ast.GenDecl{Tok: token.CONST, Doc: doc, Specs: []ast.Spec{&ast.ValueSpec{Names: []*ast.Ident{name("A"), name("B")}}}}, 0},
		{"two variables", &ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{&ast.ValueSpec{Names: []*ast.Ident{name("A"), name("B")}}}}, 2},
	} {
		if got := len(undocumented(test.in)); got != test.want {
			t.Errorf("%s: %d names, want %d", test.name, got, test.want)
		}
	}
}
