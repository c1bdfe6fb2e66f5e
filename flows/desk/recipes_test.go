package desk_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestRecipes applies the examples of README to a copy of the module and runs the
// commands that README names after them: a stranger who follows a recipe is not
// told something that fails. It compiles the flows once more, so it runs where
// everything real is wanted.
func TestRecipes(t *testing.T) {
	t.Parallel()
	if os.Getenv("REQUIRE_REAL") == "" {
		t.Skip("REQUIRE_REAL=1 applies README's examples to a copy; CI does")
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := copyOfFlows(t)
	applied := 0
	for _, block := range strings.Split(string(readme), "```diff\n")[1:] {
		block, _, _ = strings.Cut(block, "```\n")
		for _, change := range strings.Split("\n"+block, "\n--- ")[1:] {
			apply(t, dir, change)
			applied++
		}
	}
	if applied == 0 {
		t.Fatal("README has no example to apply")
	}
	runIn(t, dir, "go", "test", "./flows/desk", "-run", "TestTranscripts|TestKinds", "-rewrite")
	runIn(t, dir, "go", "test", "./flows/...")
}

// copyOfFlows copies what the flows and their tests need.
func copyOfFlows(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		raw, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, folder := range []string{"flows", "bot"} { // the tests look there for who says what
		if err := os.CopyFS(filepath.Join(dir, folder), os.DirFS("../../"+folder)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// apply makes one change, a file's path and lines that begin with a blank, a "-"
// or a "+". The lines that are not added must stand in the file once, together.
func apply(t *testing.T, dir, change string) {
	t.Helper()
	path, lines, _ := strings.Cut(strings.TrimSuffix(change, "\n"), "\n")
	var before, after strings.Builder
	for _, line := range strings.Split(lines, "\n") {
		mark, rest := line[0], line[1:]
		if mark != '+' {
			before.WriteString(rest + "\n")
		}
		if mark != '-' {
			after.WriteString(rest + "\n")
		}
	}
	file := filepath.Join(dir, path)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(raw), before.String()); n != 1 {
		t.Fatalf("%s holds %d times what README changes:\n%s", path, n, before.String())
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(raw), before.String(), after.String(), 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

func runIn(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	c := exec.CommandContext(t.Context(), name, args...)
	c.Dir, c.Env = dir, append(os.Environ(), "REQUIRE_REAL=")
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}
