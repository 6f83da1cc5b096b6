package conventions

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const (
	module = "dalaba"
	// checkout is the top of the checkout as tests of this package see it.
	checkout = "../.."
)

// source is a package as it is written.
type source struct {
	folder string // from the top, with slashes
	name   string
	files  []file
}

// file is a parsed file.
type file struct {
	*ast.File
	path      string // from the top
	positions *token.FileSet
	test      bool
	generated bool
}

// at says where node stands.
func (f file) at(node ast.Node) string {
	return f.path + ":" + strconv.Itoa(f.positions.Position(node.Pos()).Line)
}

// imported is one import.
type imported struct {
	path string
	at   string
	test bool
}

func (p source) imports() []imported {
	var list []imported
	for _, f := range p.files {
		for _, spec := range f.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				path = spec.Path.Value // the parser lets nothing else through
			}
			list = append(list, imported{path, f.at(spec), f.test})
		}
	}
	return list
}

// written returns the files that people write: with tests, or without.
func (p source) written(tests bool) []file {
	var list []file
	for _, f := range p.files {
		if !f.generated && f.test == tests {
			list = append(list, f)
		}
	}
	return list
}

// readModule parses all Go files of the module, package by package in the order of their folders.
func readModule(t *testing.T) []source {
	t.Helper()
	var list []source
	err := filepath.WalkDir(checkout, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if name := entry.Name(); path != checkout && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "testdata") {
			return filepath.SkipDir
		}
		p, err := readFolder(path)
		if len(p.files) > 0 {
			list = append(list, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func readFolder(path string) (source, error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return source{}, err
	}
	folder, err := filepath.Rel(checkout, path)
	if err != nil {
		return source{}, err
	}
	p := source{folder: filepath.ToSlash(folder)}
	for _, entry := range entries {
		if entry.IsDir() || !strings.HasSuffix(entry.Name(), ".go") {
			continue
		}
		positions := token.NewFileSet()
		parsed, err := parser.ParseFile(positions, filepath.Join(path, entry.Name()), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return source{}, err
		}
		p.name = strings.TrimSuffix(parsed.Name.Name, "_test")
		p.files = append(p.files, file{
			File: parsed, path: p.folder + "/" + entry.Name(), positions: positions,
			test: strings.HasSuffix(entry.Name(), "_test.go"), generated: ast.IsGenerated(parsed),
		})
	}
	return p, nil
}
