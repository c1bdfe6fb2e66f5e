package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"powerdesk/bot/clock"
	"powerdesk/bot/config"
	"powerdesk/flows/county"
	"powerdesk/flows/desk"
)

// CLI is what `bot` understands (DESIGN §6). Without a command it serves, and
// without a token serving is the demo.
type CLI struct {
	config.Env

	Serve   ServeCmd   `cmd:"" default:"withargs" help:"Serve residents and the duty team; without a token, the demo."`
	Demo    DemoCmd    `cmd:"" help:"Try the desk on a page, with a stand-in for Telegram and for Redis."`
	Check   CheckCmd   `cmd:"" help:"Check the environment and the desk file; every mistake with its line and remedy."`
	Read    ReadCmd    `cmd:"" help:"Print what the desk understands of sentences, and what it does."`
	Flows   FlowsCmd   `cmd:"" help:"Print a conversation's graph as Mermaid."`
	Poster  PosterCmd  `cmd:"" help:"Print a sheet for every contact point, with a QR code, as an HTML page."`
	Export  ExportCmd  `cmd:"" help:"Print the duty log as CSV."`
	Health  HealthCmd  `cmd:"" help:"Ask the running desk whether it is ready; for containers."`
	Version VersionCmd `cmd:"" help:"Print the version."`
}

// Out is where commands print.
type Out struct{ io.Writer }

// ErrSilent ends the program with exit code 1 when everything has been said.
var ErrSilent = errors.New("")

// load reads the configuration, prints what is doubtful and refuses what is
// wrong.
func load(env *config.Env) (config.Config, error) {
	c, problems := env.Load(time.Now())
	if len(problems) > 0 {
		fmt.Fprintln(os.Stderr, problems)
	}
	if problems.Fatal() {
		return c, ErrSilent
	}
	return c, nil
}

// ServeCmd runs the desk for real.
type ServeCmd struct{}

// Run serves until ctx ends.
func (ServeCmd) Run(ctx context.Context, env *config.Env, out Out) error {
	c, err := load(env)
	if err != nil {
		return err
	}
	if c.Demo() {
		return runDemo(ctx, c, out)
	}
	return serve(ctx, c, clock.Real{})
}

// DemoCmd runs the demo, also when a token is set.
type DemoCmd struct{}

// Run plays until ctx ends.
func (DemoCmd) Run(ctx context.Context, env *config.Env, out Out) error {
	c, err := load(env)
	if err != nil {
		return err
	}
	return runDemo(ctx, c, out)
}

// CheckCmd checks without running.
type CheckCmd struct{}

// Run prints every problem; a fatal one makes the exit code 1.
func (CheckCmd) Run(env *config.Env, out Out) error {
	if !config.Check(out, *env, time.Now()) {
		return ErrSilent
	}
	return nil
}

// FlowsCmd prints a graph.
type FlowsCmd struct {
	Flow string `arg:"" optional:"" default:"outage" help:"Which conversation."`
}

// Run prints the graph of one conversation.
func (f FlowsCmd) Run(out Out) error {
	d := desk.New(&county.County{})
	var names []string
	for _, known := range d.Flows() {
		names = append(names, known.Name)
	}
	if !slices.Contains(names, f.Flow) {
		return fmt.Errorf("no conversation is called %q; there are %s", f.Flow, strings.Join(names, ", "))
	}
	_, err := fmt.Fprintln(out, desk.Mermaid(d, f.Flow))
	return err
}

// HealthCmd asks a running desk.
type HealthCmd struct{}

// healthPatience is how long a container's health check waits.
const healthPatience = 3 * time.Second

// Run fails unless the desk says that it is ready, and prints what it says.
func (HealthCmd) Run(ctx context.Context, env *config.Env, out Out) error {
	c, err := load(env)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, healthPatience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+reachable(c.ListenAddr)+"/healthz", nil)
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("health: no desk answers at %s", c.ListenAddr)
	}
	defer response.Body.Close()
	if _, err := io.Copy(out, io.LimitReader(response.Body, 64<<10)); err != nil {
		return fmt.Errorf("health: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		return ErrSilent
	}
	return nil
}

// reachable turns an address to listen on into one to call: every interface is
// also this machine.
func reachable(addr string) string {
	for _, every := range []string{"0.0.0.0:", "[::]:", ":"} {
		if port, ok := strings.CutPrefix(addr, every); ok {
			return "127.0.0.1:" + port
		}
	}
	return addr
}

// VersionCmd prints what was built.
type VersionCmd struct{}

// Run prints module version, revision and Go.
func (VersionCmd) Run(out Out) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return errors.New("version: this program was built without build information")
	}
	revision := "unknown revision"
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			revision = s.Value
		}
	}
	_, err := fmt.Fprintf(out, "powerdesk %s (%s, %s)\n", info.Main.Version, revision, info.GoVersion)
	return err
}
