package app

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// notRun are the commands of README that neither a test nor CI runs as they are
// printed, each with the reason.
var notRun = map[string]string{
	"DESK_FILE=mine.yaml go run ./bot check":              "the file is the reader's; CI checks the sample",
	"docker compose up -d --build":                        "needs Docker",
	"TELEGRAM_BOT_TOKEN=… DUTY_CHAT_ID=-100… ./powerdesk": "needs a token and a group",
	"go test ./flows/desk -rewrite":                       "rewrites every talk; the recipes' test does it in a copy",
	"go test ./bot/pictures -redraw":                      "rewrites the drawings; another Chromium draws them a little otherwise",
	"go test ./bot/app/benchmark -run '^$' -bench Turn":   "five rounds take too long; CI runs one",
}

// command finds what a reader may type: a line of a block, or words in backquotes.
var command = regexp.MustCompile(`(?m)^ *((?:[A-Z_]+=\S+ )*(?:go (?:run|test|build)|docker compose|\./powerdesk).*)$|` + "`((?:go (?:run|test|build)|docker compose)[^`]*)`")

// Whoever types a command of README does not find that it fails.
func TestEveryCommandOfReadmeIsRunOrSaysWhyNot(t *testing.T) {
	t.Parallel()
	read := func(name string) string {
		raw, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	// CI takes Go from a folder of its own, and leaves no program behind.
	run := strings.NewReplacer(`"$bare/go"`, "go", `"$(mktemp -d)/powerdesk"`, "powerdesk").Replace(read(".ci/run")+read(".ci/newcomer")) + strings.NewReplacer(`", "`, " ", `"`, " ").Replace(read("flows/desk/recipes_test.go"))
	found := map[string]bool{}
	for _, m := range command.FindAllStringSubmatch(read("README.md"), -1) {
		typed := strings.TrimSpace(m[1] + m[2])
		found[typed] = true
		whole := regexp.MustCompile(`(?m)` + regexp.QuoteMeta(typed) + `(\s|$)`)
		if notRun[typed] == "" && !whole.MatchString(run) {
			t.Errorf("nothing runs %q, and nothing says why", typed)
		}
	}
	for typed := range notRun {
		if !found[typed] {
			t.Errorf("README does not name %q any more", typed)
		}
	}
}
