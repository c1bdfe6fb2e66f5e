package config

import (
	"fmt"
	"slices"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// value is a value of the desk file together with where it stands, or the place
// where one is missing. Its methods turn it into what the county needs; a value
// that is not what it should be becomes a Problem and a zero value, so that
// reading goes on and finds the next mistake.
type value struct {
	d    *desk
	node ast.Node        // nil = missing
	at   *token.Position // of the value; of what lacks it when it is missing
	name string          // its key
	lost bool            // there is one, but what it refers to is not there
}

// wrong reports a mistake at the value.
func (v value) wrong(remedy, what string, args ...any) {
	v.d.problems = append(v.d.problems, Problem{
		File: v.d.file, Line: v.at.Line, Column: v.at.Column, What: fmt.Sprintf(what, args...), Remedy: remedy,
	})
}

// doubtful reports what the desk can run with.
func (v value) doubtful(remedy, what string, args ...any) {
	v.wrong(remedy, what, args...)
	v.d.problems[len(v.d.problems)-1].Warning = true
}

func (v value) missing() bool { return v.node == nil && !v.lost }

// of makes the value of a node below this one, with aliases followed.
func (v value) of(node ast.Node, name string) value {
	child := value{d: v.d, at: position(node), name: name}
	for {
		switch n := node.(type) {
		case *ast.AnchorNode:
			node = n.Value
		case *ast.TagNode:
			node = n.Value
		case *ast.AliasNode:
			target, ok := v.d.anchors[n.Value.GetToken().Value]
			if !ok {
				child.wrong("write the value itself", "%s refers to nothing", n)
				child.lost = true
				return child
			}
			node = target
		case *ast.NullNode:
			return child
		default:
			child.node = node
			return child
		}
	}
}

// position is where a node begins; a mapping's own token is its first colon.
func position(node ast.Node) *token.Position {
	if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 && !m.IsFlowStyle {
		return m.Values[0].Key.GetToken().Position
	}
	return node.GetToken().Position
}

// fields is a mapping that is being read. It knows what it was asked for: any
// other key is a mistake.
type fields struct {
	value
	keys   []value // in the order of the file
	values map[string]value
	asked  []string
}

// fields reads a mapping. A missing one is read as well, as empty, so that what
// must be in it is asked for.
func (v value) fields(read func(*fields)) {
	f := &fields{value: v, values: make(map[string]value)}
	switch n := v.node.(type) {
	case nil:
	case *ast.MappingNode:
		for _, pair := range n.Values {
			f.add(pair)
		}
	default:
		v.wrong("write its parts, each as key: value", "%s is a single value", v.name)
		return
	}
	read(f)
	for _, key := range f.keys {
		if slices.Contains(f.asked, key.name) {
			continue
		}
		remedy := suggest(key.name, f.asked)
		if m, ok := v.node.(*ast.MappingNode); ok && m.IsFlowStyle && f.values[key.name].missing() {
			remedy = "put the text before it in quotes: its comma begins a new key"
		}
		key.wrong(remedy, "%q is not known in %s", key.name, v.name)
	}
}

// part reads a mapping that may be missing: then nothing is asked for.
func (v value) part(read func(*fields)) {
	if !v.missing() {
		v.fields(read)
	}
}

func (f *fields) add(pair *ast.MappingValueNode) {
	token := pair.Key.GetToken()
	key := value{d: f.d, node: pair.Key, at: token.Position, name: token.Value}
	if first, ok := f.values[key.name]; ok {
		key.wrong("remove one of them", "%q is written twice, first in line %d", key.name, first.at.Line)
		return
	}
	child := f.of(pair.Value, key.name)
	if child.missing() {
		child.at = key.at
	}
	f.keys = append(f.keys, key)
	f.values[key.name] = child
}

// get gives the value of a key that may be missing.
func (f *fields) get(key string) value {
	f.asked = append(f.asked, key)
	if v, ok := f.values[key]; ok {
		return v
	}
	return value{d: f.d, at: f.at, name: key}
}

// need gives the value of a key that must not be missing.
func (f *fields) need(key, remedy string) value {
	v := f.get(key)
	if v.missing() {
		v.wrong("write "+key+": "+remedy, "%s of %s is missing", key, f.name)
	}
	return v
}

// list reads a sequence; what is in it is called one in messages.
func list[T any](v value, one string, read func(value) T) []T {
	if v.node == nil {
		return nil
	}
	sequence, ok := v.node.(*ast.SequenceNode)
	if !ok {
		v.wrong("write each on a line of its own, after a dash", "%s is not a list", v.name)
		return nil
	}
	var all []T
	for _, node := range sequence.Values {
		all = append(all, read(v.of(node, one)))
	}
	return all
}

// records reads a sequence of mappings.
func records[T any](v value, one string, read func(*fields, *T)) []T {
	return list(v, one, func(v value) (record T) {
		v.fields(func(f *fields) { read(f, &record) })
		return record
	})
}
