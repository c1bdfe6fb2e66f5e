# Two stages: a static binary is built, and runs alone, as nobody, in an empty image.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY flows ./flows
COPY bot ./bot
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /bot ./bot

FROM scratch
# Telegram is called over HTTPS; time zones are inside the binary.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /bot /bot
USER 65534:65534
# In a container the health check and the webhook come from outside the process.
ENV LISTEN_ADDR=0.0.0.0:8080
EXPOSE 8080
# Alive but waiting for Redis or Telegram is "unhealthy" here; it needs no restart.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 CMD ["/bot", "health"]
ENTRYPOINT ["/bot"]
CMD ["serve"]
