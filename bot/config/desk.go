package config

import (
	"bytes"
	"cmp"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"powerdesk/flows/county"
	"powerdesk/flows/words"
)

// desk is a desk file that is being read.
type desk struct {
	file     string
	now      time.Time
	county   county.County
	problems Problems
	anchors  map[string]ast.Node
	used     map[string]value // what must be unique, by kind and name
	pins     []pinned         // the positions of all communities
	later    []func()         // what one part of the file says about another
}

// ReadDesk reads a desk file. File is what problems call it, and now decides
// whether the year's holidays are there. With a Fatal problem the county is not
// to be used.
func ReadDesk(file string, data []byte, now time.Time) (county.County, Problems) {
	d := &desk{file: file, now: now, anchors: make(map[string]ast.Node), used: make(map[string]value)}
	root, ok := d.parse(data)
	if !ok {
		return county.County{}, d.problems
	}
	root.fields(d.read)
	for _, check := range d.later {
		check()
	}
	return d.county, d.problems.sorted()
}

// parse gives the one document of the file. What is no YAML at all is a single
// problem: behind it nothing can be read.
func (d *desk) parse(data []byte) (root value, ok bool) {
	root = value{d: d, name: "the desk file", at: &token.Position{Line: 1, Column: 1}}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		i := slices.IndexFunc(bytes.Split(data, []byte("\n")), func(line []byte) bool { return !utf8.Valid(line) })
		root.at = &token.Position{Line: i + 1, Column: 1}
		root.wrong("save the file as UTF-8", "the line is not UTF-8 text")
		return root, false
	}
	file, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		d.syntax(root, err)
		return root, false
	}
	if len(file.Docs) > 1 {
		root.at = file.Docs[1].Start.Position
		root.wrong("remove it and what follows", "a second document begins")
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		root.wrong("begin with the sample that the desk ships", "the file is empty")
		return root, false
	}
	ast.Walk(d, file.Docs[0].Body)
	return root.of(file.Docs[0].Body, root.name), true
}

// Visit collects the anchors: the parser leaves finding them to its user.
func (d *desk) Visit(node ast.Node) ast.Visitor {
	if anchor, ok := node.(*ast.AnchorNode); ok {
		d.anchors[anchor.Name.GetToken().Value] = anchor.Value
	}
	return d
}

func (d *desk) syntax(root value, err error) {
	what, remedy := err.Error(), "check the indentation, the quotes and the colon there"
	if syntax, ok := errors.AsType[*yaml.SyntaxError](err); ok {
		what, root.at = syntax.Message, syntax.Token.Position
	}
	switch {
	case strings.Contains(what, "\t") || strings.Contains(what, "tab "):
		remedy = "write spaces instead of the tab"
	case strings.Contains(what, "end character"):
		remedy = "close the quotation mark"
	case strings.Contains(what, "end token"):
		remedy = "close the bracket"
	}
	root.wrong(remedy, "the file cannot be read from here on: %s", strings.ReplaceAll(what, "\t", `\t`))
}

// unique reports the second use of what must not be used twice.
func (d *desk) unique(kind, name string, v value) {
	if name == "" {
		return
	}
	if first, ok := d.used[kind+"/"+name]; ok {
		v.wrong("write another one", "%s %q is already used in line %d", kind, name, first.at.Line)
		return
	}
	d.used[kind+"/"+name] = v
}

var keyPattern = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$`)

// read reads the whole file, part by part.
func (d *desk) read(f *fields) {
	c := &d.county
	c.Key = f.need("key", "wuqiao").matching(keyPattern, "write 1 to 32 of a-z, 0-9 and -", "does not fit Redis")
	c.Lang = words.Lang(cmp.Or(f.get("lang").oneOf(string(words.ZH), string(words.EN)), string(words.ZH)))
	c.Name = f.need("name", "{zh: 吴桥县, en: Wuqiao County}").sentence()
	c.Company = f.need("company", "{zh: 吴桥县供电公司, en: Wuqiao County Power Supply Company}").sentence()
	c.Hotline = f.need("hotline", "95598").phone()
	c.Promise = f.get("phone").phone()
	c.Zone = d.zone(f.need("zone", "Asia/Shanghai"))
	c.Chats = d.chats(f.get("chats"))
	d.arrival(f.need("arrival", "{urban: 45, rural: 90, remote: 120}"))
	c.Office = d.hours(f.need("office", `{days: Mon-Fri, open: ["08:00-12:00", "14:00-18:00"]}`))
	c.Hall = d.hours(f.need("hall", `{days: Mon-Fri, open: ["08:00-12:00", "14:00-18:00"]}`))
	d.holidays(f.get("holidays"))
	d.timers(f.get("timers"), f.get("keep"))
	d.ladders(f.get("ladders"))
	f.get("meters").fields(func(f *fields) {
		c.Meters.Alarm = f.get("alarm").between(0, 10_000)
		c.Meters.Overdraft = f.get("overdraft").between(0, 10_000)
		c.Meters.Online = f.get("online").boolean()
	})
	c.Stations = records(f.need("stations", "the list of supply stations"), "a station", d.station)
	towns := f.need("towns", "the list of towns")
	c.Towns = records(towns, "a town", d.town)
	c.Points = records(f.get("points"), "a contact point", d.point)
	c.Outlets = records(f.get("outlets"), "an outlet", d.outlet)
	d.answers(f.get("answers"))
	d.roster(f.need("roster", "the list of the team"))
	d.shifts(f.get("shifts"))
	d.clerks(f.get("clerks"))
	d.urgent(f.get("urgent"))
	d.posts(f.get("posts"))
	d.blocked(f.get("blocked"))
	d.distances()
}

func (d *desk) zone(v value) *time.Location {
	s, ok := v.word()
	if !ok {
		return nil
	}
	zone, err := time.LoadLocation(s)
	if err != nil || s == "" || s == "Local" {
		v.wrong("write a name such as Asia/Shanghai", "time zone %q is not known", s)
		return nil
	}
	return zone
}

// The waits of the desk. A membership is believed for a minute at most
// (RELIABILITY §5 A), a solved fault is asked about within a day (PRODUCT R6),
// and a closed job must outlive the day in which it may be reopened (R13). A false
// report counts for a month: long enough to see that it happens again, short enough
// for a bad evening to be forgotten.
func (d *desk) timers(timers, keep value) {
	const day = 24 * time.Hour
	c := &d.county
	timers.fields(func(f *fields) {
		c.Timers.Stale = f.get("stale").duration(day, 10*time.Minute, 30*day)
		c.Timers.Solved = f.get("solved").duration(day/2, time.Hour, day)
		c.Timers.Claim = f.get("claim").duration(time.Minute, time.Second, time.Minute)
	})
	keep.fields(func(f *fields) {
		c.Keep.Session = f.get("session").duration(180*day, 30*day, 1095*day)
		c.Keep.Job = f.get("job").duration(90*day, 2*day, 1095*day)
		mark := f.get("false_report")
		c.Keep.FalseReport = mark.duration(min(30*day, c.Keep.Job), day, 365*day)
		if c.Keep.Job >= 2*day && c.Keep.FalseReport > c.Keep.Job { // else the job's own mistake is enough
			mark.wrong("write at most "+spell(c.Keep.Job), "the job it is read from is gone before")
		}
	})
}
