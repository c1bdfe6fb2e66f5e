package nemesis

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// tests are the names of all tests under bot, as kinds writes them.
func tests(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, depth := range []string{"../../*/*_test.go", "../../*/*/*_test.go"} {
		files, err := filepath.Glob(depth)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			folder, err := filepath.Rel("../..", filepath.Dir(file))
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range tree.Decls {
				if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") {
					all[filepath.ToSlash(folder)+"."+f.Name.Name] = true
				}
			}
		}
	}
	return all
}

// wanted is how many kinds there must be.
const wanted = 60

func TestEveryKindOfFaultIsShownByATest(t *testing.T) {
	t.Parallel()
	exist, listed := tests(t), map[string]bool{}
	for _, k := range kinds {
		if !exist[k.shownBy] {
			t.Errorf("%q is shown by %s, which is no test", k.fault, k.shownBy)
		}
		if listed[k.fault] {
			t.Errorf("%q is listed twice", k.fault)
		}
		listed[k.fault] = true
	}
	if len(listed) < wanted {
		t.Errorf("%d kinds are listed, want at least %d", len(listed), wanted)
	}
	t.Logf("%d kinds of faults; the nemesis picks from %d", len(listed), len(small)+len(large))
}
