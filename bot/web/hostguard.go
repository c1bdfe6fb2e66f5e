package web

import (
	"net"
	"net/http"
	"strings"
)

// hostGuard refuses requests that name another host than this machine or one
// of allowed. A hostile site can point its own name at 127.0.0.1 (DNS
// rebinding) and would then count as the same origin as the page; the Host
// header gives it away.
func hostGuard(allowed []string) func(http.Handler) http.Handler {
	hosts := map[string]bool{"localhost": true, "127.0.0.1": true, "::1": true}
	for _, host := range allowed {
		hosts[hostName(host)] = true
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !hosts[hostName(r.Host)] {
				http.Error(w, "this page is served to localhost and to the hosts the operator allowed", http.StatusForbidden)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
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
