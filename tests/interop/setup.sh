# What the scripts here and `../wire/run` begin with: oauthlib in a folder of its own, and the end of everything that
# was started.
# shellcheck shell=bash disable=SC2034 # The scripts read `oauthlib`.

folder=$(mktemp -d)
started=()

finish() {
    local process
    for process in "${started[@]}"; do
        kill "$process" 2>/dev/null || true
        wait "$process" 2>/dev/null || true
    done
    # The browser's own processes may still write there for a moment.
    rm -rf "$folder" 2>/dev/null || { sleep 1; rm -rf "$folder" || true; }
}
trap finish EXIT
trap 'exit 130' INT TERM

python3 -m venv "$folder/venv"
python=$folder/venv/bin/python
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'oauthlib[signedtoken]>=3.2.2,<5'
oauthlib=$("$python" -c 'import oauthlib; print("oauthlib", oauthlib.__version__)')

# Starts a server that prints its port, or several: serve <program> [arguments]
serve() {
    "$@" >"$folder/port" &
    server=$!
    started+=("$server")
    for _ in $(seq 100); do
        [ -s "$folder/port" ] && break
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    port=$(cat "$folder/port")
    [ -n "$port" ] || { echo 'the server did not start' >&2; exit 1; }
}
