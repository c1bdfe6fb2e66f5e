package app

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode"

	"powerdesk/bot/config"
	"powerdesk/bot/read"
	"powerdesk/flows/words"
)

// ReadCmd shows what the desk understands of sentences, so that whoever extends the
// tables of flows/words/heard sees the effect at once.
type ReadCmd struct {
	Score string   `placeholder:"FILE" type:"existingfile" help:"Count how well the labelled rows of a file are understood, by language, screen and intent."`
	All   bool     `help:"With --score: every intent, every slot and every row that was missed."`
	At    string   `default:"first" help:"The screen on which the sentence is typed: first, open-job, restored, rating, or a question as outage/danger."`
	Words []string `arg:"" optional:"" help:"One sentence. Without it, rows are read from standard input: language, screen and sentence, divided by tabs."`
}

// Run prints a line for each sentence: language, screen, sentence, intent ("?" = the desk
// asks whether that was meant), slots, and what the desk does.
func (r ReadCmd) Run(env *config.Env, out Out) error {
	c, err := load(env)
	if err != nil {
		return err
	}
	player := read.Player{County: &c.County, At: time.Now().In(c.County.Zone)}
	switch {
	case r.Score != "":
		return r.score(player, out)
	case len(r.Words) > 0:
		said := strings.Join(r.Words, " ")
		_, err := fmt.Fprintln(out, player.Line(string(languageOf(said)), r.At, said))
		return err
	}
	return readLines(player, os.Stdin, out)
}

func (r ReadCmd) score(player read.Player, out Out) error {
	file, err := os.Open(r.Score)
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	defer file.Close()
	rows, err := read.Rows(file)
	if err != nil {
		return fmt.Errorf("read: %s: %w", r.Score, err)
	}
	read.Of(player.County, rows).Print(out, r.All)
	return nil
}

func readLines(player read.Player, from io.Reader, out Out) error {
	lines := bufio.NewScanner(from)
	for lines.Scan() {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "lang\tscreen\t") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) < 3 {
			return errors.New("read: a row has language, screen and sentence, divided by tabs")
		}
		if _, err := fmt.Fprintln(out, player.Line(fields[0], fields[1], fields[2])); err != nil {
			return err
		}
	}
	return lines.Err()
}

// languageOf is the language in which a sentence is written.
func languageOf(said string) words.Lang {
	if strings.ContainsFunc(said, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return words.ZH
	}
	return words.EN
}
