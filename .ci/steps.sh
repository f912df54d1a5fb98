# Running commands and reporting on them.
# shellcheck shell=bash disable=SC2154 # .ci/run assigns the variables.

times=()
left_out=()

die() {
    printf '\nerror: %s\n' "$*" >&2
    exit 1
}

# Prints a command, runs it, and prints how long it took.
step() {
    local start=$SECONDS status=0 where=
    [[ $PWD == "$root" ]] || where="(in $PWD) "
    printf '\n== %s%s\n' "$where" "$*"
    "$@" || status=$?
    local seconds=$((SECONDS - start))
    if ((status != 0)); then
        printf 'error: failed after %d s: %s\n' "$seconds" "$*" >&2
        return "$status"
    fi
    printf -- '-- %d s\n' "$seconds"
    times+=("$(printf '%5d s  %s%s' "$seconds" "$where" "$*")")
}

# Reports a check that cannot run on this machine. In CI it must run.
leave_out() {
    [[ -z ${CI-} ]] || die "$*"
    printf '\nleft out: %s\n' "$*"
    left_out+=("$*")
}

summary() {
    printf '\nTimes of the steps that took a second or more:\n'
    ((${#times[@]} == 0)) || printf '%s\n' "${times[@]}" | grep -v '^    0 s' || true
    printf '\n'
    if ((${#left_out[@]} > 0)); then
        printf 'Left out (CI=1 .ci/run installs what is missing):\n'
        printf -- '- %s\n' "${left_out[@]}"
    fi
    printf 'All checks that ran passed, in %d min %d s.\n' $((SECONDS / 60)) $((SECONDS % 60))
}
