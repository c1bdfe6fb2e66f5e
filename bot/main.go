// Command bot is Powerdesk: the front desk of a county electricity supplier, in
// a Telegram chat. Without a token it is a demo on a page of its own. This file
// reads the command line and ends the program; bot/app does the rest.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // Asia/Shanghai must be known in an empty container

	"github.com/alecthomas/kong"

	"powerdesk/bot/app"
)

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A second signal ends the program at once: it is no longer caught.
	context.AfterFunc(ctx, stop)
	var cli app.CLI
	command := kong.Parse(&cli,
		kong.Name("bot"),
		kong.Description("Powerdesk: the front desk of a county electricity supplier, in a Telegram chat."),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(&cli.Env, app.Out{Writer: os.Stdout}),
	)
	err := command.Run()
	if err != nil && !errors.Is(err, app.ErrSilent) {
		fmt.Fprintln(os.Stderr, "bot:", err)
	}
	if err != nil {
		return 1
	}
	return 0
}
