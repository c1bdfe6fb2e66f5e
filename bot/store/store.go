package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"powerdesk/flows/county"
)

// Options say where a desk keeps its state.
type Options struct {
	URL    string       // of Redis: connect.go lists the forms
	Key    string       // of the desk: a-z 0-9 -, the prefix and hash tag of all its keys
	Bot    string       // the id of its bot, so that two bots never share a desk; digits, "" = whichever
	Keep   county.Keep  // how long personal data lives; both are needed, Job at most 360 days
	Logger *slog.Logger // nil: slog.Default()
}

// Store is the state of one desk. It is safe for use by several goroutines.
type Store struct {
	client   redis.UniversalClient
	batches  *batches
	scripts  map[string]*redis.Script
	prefix   string
	keep     county.Keep
	patience time.Duration // ends every call
	log      *slog.Logger
	trips    *trips
	numbers  *numbers
	root     *root
	memory   *memory
}

// Open makes a Store without reaching for Redis: a desk may start before its
// Redis does. An error speaks of the options, and never quotes the URL.
func Open(opts Options) (*Store, error) {
	if !deskKey.MatchString(opts.Key) {
		return nil, fmt.Errorf("opening the store: the desk's key %q is not made of a-z 0-9 -", opts.Key)
	}
	if !botID.MatchString(opts.Bot) {
		return nil, fmt.Errorf("opening the store: the bot's id is not a number")
	}
	if opts.Keep.Session <= 0 || opts.Keep.Job <= 0 || opts.Keep.Job > longestKeep {
		return nil, fmt.Errorf("opening the store: sessions and closed jobs must be kept for some time, and jobs for less than a year")
	}
	client, err := connect(opts.URL)
	if err != nil {
		return nil, fmt.Errorf("opening the store: %w", err)
	}
	if opts.Logger == nil {
		opts.Logger = slog.Default()
	}
	redis.SetLogger(logging{opts.Logger})
	s := &Store{
		client:   client,
		batches:  &batches{client: client},
		scripts:  scripts(families(opts.Keep), opts.Bot),
		prefix:   prefix(opts.Key),
		keep:     opts.Keep,
		patience: patience,
		log:      opts.Logger,
		trips:    &trips{},
		numbers:  &numbers{},
		root:     &root{},
		memory:   &memory{},
	}
	client.AddHook(s.trips)
	return s, nil
}

// Close ends the connections.
func (s *Store) Close() error { return s.client.Close() }

// Ping says whether Redis answers; an error is ErrUnavailable.
func (s *Store) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	if err := s.client.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("pinging Redis: %w", classify(err))
	}
	return nil
}

// key names a key of the desk, as families lists them.
func (s *Store) key(family string, id ...any) string {
	name := s.prefix + family
	for _, part := range id {
		switch p := part.(type) {
		case string:
			name += p
		case int64:
			name += strconv.FormatInt(p, 10)
		default:
			name += fmt.Sprint(p)
		}
	}
	return name
}

//go:embed *.lua
var sources embed.FS

// scripts makes the Lua scripts of a desk, by file name. Each is preceded by
// what it uses of prelude.lua, and by nothing else: Redis runs what stands there at
// every call.
func scripts(table []family, bot string) map[string]*redis.Script {
	read := func(name string) string {
		text, err := sources.ReadFile(name)
		if err != nil {
			panic(err) // the file is part of the binary
		}
		return string(text)
	}
	blocks := strings.Split(read("prelude.lua"), "\n\n")
	files, err := sources.ReadDir(".")
	if err != nil {
		panic(err) // as above
	}
	all := map[string]*redis.Script{}
	for _, file := range files {
		script := read(file.Name())
		for _, block := range slices.Backward(blocks) {
			if name := defines.FindStringSubmatch(block); name != nil && regexp.MustCompile(`\b`+name[1]+`\b`).MatchString(script) {
				script = block + "\n\n" + script
			}
		}
		if name := file.Name(); name == "lead.lua" {
			script = read("found.lua") + read("root.lua") + script
		} else {
			script = read("root.lua") + script
		}
		script = remarks.ReplaceAllString(script, "")
		all[strings.TrimSuffix(file.Name(), path.Ext(file.Name()))] = redis.NewScript(render(script, bot, table))
	}
	return all
}

var (
	defines = regexp.MustCompile(`(?m)^local (?:function )?(\w+)`)
	remarks = regexp.MustCompile(`(?m)^ *--.*\n`)
)

// on names keys that a script is sure to touch, besides the root, so that a Cluster
// whose slot is on its way elsewhere can say so. What a script finds out while it
// runs lies in the same slot.
func (s *Store) on(keys ...string) []string {
	return append([]string{s.key("root")}, keys...)
}

// write runs a script that changes something.
func (s *Store) write(ctx context.Context, script string, args ...any) ([]any, error) {
	return s.run(ctx, s.scripts[script].Run, s.on(), args)
}

// read runs a script that Redis does not let write.
func (s *Store) read(ctx context.Context, script string, args ...any) ([]any, error) {
	return s.run(ctx, s.scripts[script].RunRO, s.on(), args)
}

type runner func(ctx context.Context, c redis.Scripter, keys []string, args ...any) *redis.Cmd

// run sends a script by its digest, and in full when Redis does not know it.
func (s *Store) run(ctx context.Context, how runner, keys []string, args []any) ([]any, error) {
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	put := func(c redis.Scripter) *redis.Cmd { return how(ctx, c, keys, args...) }
	reply, err := s.batches.ask(ctx, put)
	if redis.HasErrorPrefix(err, "NOSCRIPT") {
		reply, err = put(s.client).Slice()
	}
	if errors.Is(err, redis.Nil) {
		return nil, nil // an empty list, in the older protocol
	}
	return reply, classify(err)
}
