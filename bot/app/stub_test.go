package app
import "context"
var browser struct{cancel context.CancelFunc}
var built struct{dir string}
