# What the checks need beyond cargo. Each function succeeds if the thing is there in the end.
# shellcheck shell=bash disable=SC2154 # .ci/run assigns the variables.

install() {
    [[ -n ${CI-} ]] && step timeout 900 "$@"
}

# One of cargo's subcommands: has_tool deny 0.20.2 [options of cargo install]
has_tool() {
    local name=$1 version=$2
    shift 2
    # The tools run briefly, so optimizing them would take longer than it saves.
    cargo "$name" --version >/dev/null 2>&1 ||
        install env CARGO_TARGET_DIR="$scratch/tools" CARGO_PROFILE_RELEASE_OPT_LEVEL=0 \
            CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_PROFILE_RELEASE_LTO=off \
            CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
            cargo install --locked "cargo-$name@$version" "$@"
}

# A component of the default toolchain: has_component clippy
has_component() {
    cargo "${1#rust}" --version >/dev/null 2>&1 || install rustup component add "$1"
}

# The standard library for a target.
has_target() {
    rustup target list --installed 2>/dev/null | grep -xF "$1" >/dev/null ||
        install rustup target add "$1"
}

# A toolchain, without anything that is not needed to build.
has_toolchain() {
    rustup run "$1" cargo --version >/dev/null 2>&1 ||
        install rustup toolchain install "$1" --profile minimal --no-self-update
}

has_miri() {
    has_toolchain nightly || return
    local installed
    installed=$(rustup component list --toolchain nightly --installed)
    [[ $installed == *miri* && $installed == *rust-src* ]] ||
        install rustup component add miri rust-src --toolchain nightly
}

# Packages of Debian's.
has_packages() {
    [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null &&
        install apt-get update -qq &&
        install env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "$@"
}

has_python() {
    python3 -c 'import ensurepip, venv' 2>/dev/null || has_packages python3-venv
}

# What runs JavaScript, and installs packages for it.
has_node() {
    { node --version && npm --version; } >/dev/null 2>&1 || has_packages nodejs npm
}

has_curl() {
    curl --version >/dev/null 2>&1 || has_packages curl
}

# Debian starts the server when it is installed. The tests start their own, on free ports.
has_redis() {
    command -v redis-server >/dev/null || has_packages redis-server
}

# A C compiler that links programs for 32-bit x86.
has_32_bit_linker() {
    cc -m32 -x c -o /dev/null - <<<'int main(void) { return 0; }' 2>/dev/null ||
        has_packages gcc-multilib
}

has_cxx() {
    command -v c++ >/dev/null || has_packages g++
}

# A browser without a window.
has_chromium() {
    command -v chromium >/dev/null || has_packages chromium
}
