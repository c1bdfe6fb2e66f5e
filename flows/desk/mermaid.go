package desk

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// Mermaid draws one flow as a Mermaid flowchart: a box for each screen with the
// beginning of its question, a rhombus for each decision that has none, solid
// arrows for answers and dashed ones for forks and for what is typed or sent.
// Answers that lead to the same step share an arrow; "please just come", which
// stands on many screens, is drawn once for all of them; the questions for a
// place stand in a frame. Steps of other flows are drawn round. It is "" for a
// flow the desk does not have.
func Mermaid(d *talk.Desk, flow string) string {
	i := slices.IndexFunc(d.Flows(), func(f *talk.Flow) bool { return f.Name == flow })
	if i < 0 {
		return ""
	}
	f := d.Flows()[i]
	var b strings.Builder
	b.WriteString("flowchart TD\n")
	boxes(&b, f)
	foreign := map[string]bool{}
	for _, s := range f.Steps {
		for _, a := range arrows(f, &s) {
			if name, _, _ := strings.Cut(a.to, "/"); name != f.Name && !foreign[a.to] {
				foreign[a.to] = true
				fmt.Fprintf(&b, "  %s([%s])\n", node(a.to), quoted(strings.ReplaceAll(a.to, "_", " ")))
			}
			line := "-->"
			if a.dashed {
				line = "-.->"
			}
			fmt.Fprintf(&b, "  %s %s|%s| %s\n", node(f.Name+"/"+s.ID), line, quoted(strings.Join(a.labels, " / ")), node(a.to))
		}
	}
	return b.String()
}

// boxes draws the steps: those for a place in a frame of their own, and one box
// for all screens that offer "please just come".
func boxes(b *strings.Builder, f *talk.Flow) {
	var places, others, come []string
	for _, s := range f.Steps {
		line := node(f.Name+"/"+s.ID) + shape(f, &s) + "\n"
		if strings.HasPrefix(s.Words, "place.") {
			places = append(places, "    "+line)
		} else {
			others = append(others, "  "+line)
		}
		if s.Come {
			come = append(come, strings.ReplaceAll(s.ID, "_", " "))
		}
	}
	if places != nil {
		b.WriteString("  subgraph where\n" + strings.Join(places, "") + "  end\n")
	}
	b.WriteString(strings.Join(others, ""))
	if come != nil {
		all, to := node(f.Name+"/any"), node(f.Name+"/come")
		fmt.Fprintf(b, "  %s[%s]\n  %s -.->|%s| %s\n", all, quoted(strings.Join(come, ", ")), all, quoted("please just come"), to)
	}
}

// arrow leads from one step to another for one or several reasons.
type arrow struct {
	to     string
	dashed bool
	labels []string
}

// arrows lists where a step leads, in the order in which it says so.
func arrows(f *talk.Flow, s *talk.Step) []arrow {
	var all []arrow
	add := func(then string, dashed bool, label string) {
		to := then
		if !strings.Contains(then, "/") {
			to = f.Name + "/" + then
		}
		i := slices.IndexFunc(all, func(a arrow) bool { return a.to == to && a.dashed == dashed })
		if i < 0 {
			all = append(all, arrow{to: to, dashed: dashed})
			i = len(all) - 1
		}
		if !slices.Contains(all[i].labels, label) {
			all[i].labels = append(all[i].labels, label)
		}
	}
	for _, a := range s.Answers {
		for _, fork := range a.Forks {
			add(fork.Then, true, fork.Name)
		}
		hidden := !s.Self && s.Lookup == "" && !words.Has(words.EN, s.WordsKey(f.Name)+"."+a.ID)
		if a.Then != "" { // else it goes on where the person meant to go
			add(a.Then, hidden, label(f, s, a))
		}
	}
	for _, then := range s.Leads {
		if to := f.Name + "/" + then; then != s.ID && !slices.ContainsFunc(all, func(a arrow) bool { return a.to == to }) {
			add(then, true, "typed or sent")
		}
	}
	return all
}

// longestLabel is how many letters of an answer stand on its arrow.
const longestLabel = 32

// label is an answer as its button reads in English, without its picture; of
// one without a button, its id.
func label(f *talk.Flow, s *talk.Step, a talk.Answer) string {
	key := s.WordsKey(f.Name) + "." + a.ID
	if !words.Has(words.EN, key) || len(words.Blanks(words.EN, key)) > 0 {
		return strings.ReplaceAll(a.ID, "_", " ")
	}
	text := words.Plain(words.EN, key, nil)
	text = strings.TrimLeftFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return cut(text, longestLabel)
}

// longestQuestion is how many letters of a question stand in its box.
const longestQuestion = 48

// shape is a step's box: its id, and the beginning of its question.
func shape(f *talk.Flow, s *talk.Step) string {
	name := strings.ReplaceAll(s.ID, "_", " ")
	if s.Self || s.Lookup != "" {
		return "{" + quoted(name) + "}"
	}
	key := s.WordsKey(f.Name) + ".say"
	if len(words.Blanks(words.EN, key)) == 0 {
		question, _, _ := strings.Cut(words.Plain(words.EN, key, nil), "\n")
		question = strings.NewReplacer("<b>", "", "</b>", "").Replace(question)
		name += "<br/>" + cut(question, longestQuestion)
	}
	if s.Ends {
		return "([" + quoted(name) + "])"
	}
	return "[" + quoted(name) + "]"
}

func node(ref string) string { return strings.NewReplacer("/", "_").Replace(ref) }

// quoted keeps Mermaid from reading a label as its own language.
func quoted(text string) string { return `"` + strings.ReplaceAll(text, `"`, "#quot;") + `"` }

// cut shortens a text at a word.
func cut(text string, longest int) string {
	if len(text) <= longest {
		return text
	}
	short := text[:longest]
	if i := strings.LastIndexByte(short, ' '); i > 0 {
		short = short[:i]
	}
	return strings.ToValidUTF8(short, "") + " …"
}
