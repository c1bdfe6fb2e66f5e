package web

import (
	"net"
	"net/http"
	"strings"
)

// hostGuard refuses requests that name another host than this machine. A
// hostile site can point its own name at 127.0.0.1 (DNS rebinding) and would
// then count as the same origin as the page; the Host header gives it away.
func hostGuard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch hostName(r.Host) {
		case "localhost", "127.0.0.1", "::1":
			next.ServeHTTP(w, r)
		default:
			http.Error(w, "this page is served to localhost alone", http.StatusForbidden)
		}
	})
}

// hostName is the name in a Host header: lower case, without port, brackets or
// the root's dot.
func hostName(hostport string) string {
	host := hostport
	if name, _, err := net.SplitHostPort(hostport); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return strings.ToLower(strings.TrimSuffix(host, "."))
}
