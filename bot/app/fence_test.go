package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// module is a Go package as `go list -json` tells it. Imports are those of its
// program files: tests may know more.
type module struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Imports    []string
}

// rule forbids some imports of the packages that it is about.
type rule struct {
	who     *regexp.Regexp
	forbids func(who, to string) bool
	why     string
}

// fence is DESIGN §1: who may import whom, and why not more.
var fence = []rule{
	{
		regexp.MustCompile(`^powerdesk/flows(/|$)`),
		func(_, to string) bool { return !strings.HasPrefix(to, "powerdesk/") && !slices.Contains(pure, to) },
		"flows decide and do nothing else: only libraries that compute, without network, files, clock, chance, context or log",
	},
	{
		regexp.MustCompile(`^powerdesk/flows(/|$)`),
		func(_, to string) bool { return strings.HasPrefix(to, "powerdesk/bot") },
		"flows must not know the world that calls them: bot/app translates",
	},
	{
		regexp.MustCompile(`^powerdesk/flows$`),
		func(_, _ string) bool { return true },
		"flows is a house and no package: its code lives in the rooms below it",
	},
	layer("text|words", "", "how words are read and what is said stands on nothing of ours: everything else stands on it"),
	layer("county", "text|words", "the county is what the desk file says: it knows no job and no talk"),
	layer("job", "county|text|words", "a job knows its county and no talk: who talks about it comes to it"),
	layer("understand", "job|county|text|words", "a reading says what was meant and decides nothing: the talk does"),
	layer("talk", "understand|job|county|text|words", "the engine runs any flow and knows none"),
	layer("menu|outage|topup|contact|report|visit|duty", "talk|understand|job|county|text|words", "a flow knows the engine and what that stands on, never another flow: only flows/desk sees them all"),
	{
		regexp.MustCompile(`^powerdesk/flows/`),
		func(who, to string) bool { return strings.HasPrefix(to, "powerdesk/") && !rooms.MatchString(who) },
		"a new folder of flows gets its place in this fence first",
	},
	{
		regexp.MustCompile(`^powerdesk/bot/`),
		func(who, to string) bool {
			return strings.HasPrefix(to, "powerdesk/bot/") && who != "powerdesk/bot/app"
		},
		"siblings under bot/ meet only in bot/app, through interfaces declared where they are used",
	},
	{
		regexp.MustCompile(`^powerdesk/bot$`),
		func(_, to string) bool { return strings.HasPrefix(to, "powerdesk/") && to != "powerdesk/bot/app" },
		"main reads the command line; bot/app does the rest",
	},
	owned("github.com/go-telegram-bot-api/", "powerdesk/bot/telegram", "library types stop at the edge (RELIABILITY §1)"),
	owned("github.com/redis/", "powerdesk/bot/store", "every key and script of the desk stands in one package (DESIGN §3)"),
	owned("github.com/alicebob/miniredis", "powerdesk/bot/demo", "the embedded Redis is for the demo: a desk that serves keeps its promises on a disk"),
}

// pure lists what flows may import.
var pure = []string{
	"cmp", "embed", "encoding/json", "errors", "fmt", "hash/fnv", "html", "iter", "maps", "math", "reflect", "regexp", "regexp/syntax", "slices", "sort", "strconv",
	"strings", "sync", "time", "unicode", "unicode/utf16", "unicode/utf8",
	"github.com/BurntSushi/toml", "github.com/nicksnyder/go-i18n/v2/i18n", "github.com/nicksnyder/go-i18n/v2/i18n/template",
	"github.com/mozillazg/go-pinyin", "github.com/rivo/uniseg", "golang.org/x/text/language", "golang.org/x/text/unicode/norm", "golang.org/x/text/width",
}

// rooms are the folders of flows for which the fence has a rule, and desk, which
// sees them all.
var rooms = regexp.MustCompile(`^powerdesk/flows/(text|words|county|job|understand|talk|menu|outage|topup|contact|report|visit|duty|desk)$`)

// layer says on which folders of flows some of them stand.
func layer(who, below, why string) rule {
	allowed := regexp.MustCompile(`^powerdesk/flows/(` + below + `)$`)
	return rule{
		regexp.MustCompile(`^powerdesk/flows/(` + who + `)$`),
		func(_, to string) bool { return strings.HasPrefix(to, "powerdesk/flows") && !allowed.MatchString(to) },
		why,
	}
}

// owned says that one package alone knows a library.
func owned(library, owner, why string) rule {
	return rule{
		regexp.MustCompile(`^powerdesk/`),
		func(who, to string) bool { return strings.HasPrefix(to, library) && who != owner },
		"only " + owner + " may: " + why,
	}
}

// breaches lists every import that the fence forbids, with the reason.
func breaches(all []module) []string {
	var found []string
	for _, m := range all {
		for _, rule := range fence {
			if !rule.who.MatchString(m.ImportPath) {
				continue
			}
			for _, to := range m.Imports {
				if rule.forbids(m.ImportPath, to) {
					found = append(found, fmt.Sprintf("%s imports %s: %s", m.ImportPath, to, rule.why))
				}
			}
		}
	}
	return found
}

// modules are all packages of the program.
func modules(t *testing.T) []module {
	t.Helper()
	raw, err := exec.Command("go", "list", "-e", "-json=ImportPath,Dir,GoFiles,Imports", "powerdesk/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []module
	for in := json.NewDecoder(strings.NewReader(string(raw))); ; {
		var m module
		err := in.Decode(&m)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatalf("reading go list: %v", err)
		}
		all = append(all, m)
	}
}

func TestImportFence(t *testing.T) {
	t.Parallel()
	all := modules(t)
	for _, want := range []string{"powerdesk/flows/talk", "powerdesk/flows/desk", "powerdesk/bot", "powerdesk/bot/app", "powerdesk/bot/store", "powerdesk/bot/lead", "powerdesk/bot/admission"} {
		if !slices.ContainsFunc(all, func(m module) bool { return m.ImportPath == want && len(m.Imports) > 0 }) {
			t.Errorf("%s is not among the %d packages that were looked at", want, len(all))
		}
	}
	for _, breach := range breaches(all) {
		t.Error(breach)
	}
}

func TestFenceNoticesWhatCrossesIt(t *testing.T) {
	t.Parallel()
	for _, from := range []struct{ who, to, rule string }{
		{"powerdesk/flows/outage", "net/http", "flows decide and do nothing else"},
		{"powerdesk/flows/talk", "os", "flows decide and do nothing else"},
		{"powerdesk/flows/words", "log/slog", "flows decide and do nothing else"},
		{"powerdesk/flows/county", "powerdesk/bot/clock", "flows must not know the world"},
		{"powerdesk/flows/outage", "powerdesk/flows/topup", "never another flow"},
		{"powerdesk/flows/duty", "powerdesk/flows/topup", "never another flow"},
		{"powerdesk/flows/visit", "powerdesk/flows/topup", "never another flow"},
		{"powerdesk/flows/menu", "powerdesk/flows/desk", "never another flow"},
		{"powerdesk/flows/talk", "powerdesk/flows/menu", "the engine runs any flow"},
		{"powerdesk/flows/job", "powerdesk/flows/talk", "a job knows its county and no talk"},
		{"powerdesk/flows/county", "powerdesk/flows/job", "it knows no job and no talk"},
		{"powerdesk/flows/text", "powerdesk/flows/words", "stands on nothing of ours"},
		{"powerdesk/flows/words", "powerdesk/flows/text", "stands on nothing of ours"},
		{"powerdesk/flows/weather", "powerdesk/flows/talk", "a new folder of flows"},
		{"powerdesk/bot/web", "powerdesk/bot/demo", "siblings under bot/"},
		{"powerdesk/bot/lead", "powerdesk/bot/store", "siblings under bot/"},
		{"powerdesk/bot/admission", "powerdesk/bot/telegram", "siblings under bot/"},
		{"powerdesk/bot", "powerdesk/bot/store", "main reads the command line"},
		{"powerdesk/bot/app", "github.com/go-telegram-bot-api/telegram-bot-api/v5", "only powerdesk/bot/telegram"},
		{"powerdesk/bot/outbox", "github.com/redis/go-redis/v9", "only powerdesk/bot/store"},
		{"powerdesk/bot/store", "github.com/alicebob/miniredis/v2", "only powerdesk/bot/demo"},
	} {
		found := breaches([]module{{ImportPath: from.who, Imports: []string{"strings", from.to}}})
		if len(found) != 1 || !strings.Contains(found[0], from.to) || !strings.Contains(found[0], from.rule) {
			t.Errorf("%s importing %s gives %q, want one breach of %q", from.who, from.to, found, from.rule)
		}
	}
	allowed := []module{
		{ImportPath: "powerdesk/flows/desk", Imports: []string{"powerdesk/flows/topup", "powerdesk/flows/talk"}},
		{ImportPath: "powerdesk/flows/outage", Imports: []string{"powerdesk/flows/talk", "powerdesk/flows/job", "powerdesk/flows/text"}},
		{ImportPath: "powerdesk/flows/county", Imports: []string{"powerdesk/flows/text", "powerdesk/flows/words"}},
		{ImportPath: "powerdesk/bot/app", Imports: []string{"powerdesk/bot/store", "powerdesk/bot/lead", "powerdesk/bot/admission", "powerdesk/flows/desk"}},
		{ImportPath: "powerdesk/bot/lead", Imports: []string{"powerdesk/flows", "powerdesk/flows/words"}},
	}
	if found := breaches(allowed); found != nil {
		t.Errorf("what is allowed counts as %q", found)
	}
}

// impure are calls of pure packages that read a clock, wait, or print.
var impure = map[string]*regexp.Regexp{
	"time": regexp.MustCompile(`^(Now|Since|Until|Sleep|After|AfterFunc|Tick|New(Timer|Ticker)|Local|LoadLocation)$`),
	"fmt":  regexp.MustCompile(`^(Print|Scan)(f|ln)?$`),
}

// impurities lists those calls in a file, by line.
func impurities(file string, src any) ([]string, error) {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, file, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var found []string
	ast.Inspect(tree, func(n ast.Node) bool {
		what := ""
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if pkg, ok := n.X.(*ast.Ident); ok && impure[pkg.Name] != nil && impure[pkg.Name].MatchString(n.Sel.Name) {
				what = pkg.Name + "." + n.Sel.Name
			}
		case *ast.GoStmt:
			what = "go"
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "print" || f.Name == "println") {
				what = f.Name
			}
		}
		if what != "" {
			found = append(found, fmt.Sprintf("line %d: %s", set.Position(n.Pos()).Line, what))
		}
		return true
	})
	return found, nil
}

func TestFlowsReadNoClockAndPrintNothing(t *testing.T) {
	t.Parallel()
	looked := 0
	for _, m := range modules(t) {
		if !strings.HasPrefix(m.ImportPath, "powerdesk/flows") {
			continue
		}
		for _, file := range m.GoFiles {
			found, err := impurities(filepath.Join(m.Dir, file), nil)
			if err != nil {
				t.Error(err)
			}
			for _, what := range found {
				t.Errorf("%s/%s %s: a Step must give the same answer when it is repeated, so time and chance come with the Event", m.ImportPath, file, what)
			}
			looked++
		}
	}
	if looked < 20 {
		t.Errorf("looked at %d files of flows, want all of them", looked)
	}
}

func TestImpuritiesAreNoticed(t *testing.T) {
	t.Parallel()
	got, err := impurities("step.go", `package flows
import ("fmt"; "time")
func step() time.Duration {
	go println("x")
	fmt.Println("y")
	return time.Since(time.Now())
}
func fine(at time.Time) string { return fmt.Sprint(at.Add(time.Hour)) }`)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"line 4: go", "line 4: println", "line 5: fmt.Println", "line 6: time.Since", "line 6: time.Now"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}
}
