# The checks that are more than one command.
# shellcheck shell=bash disable=SC2154,SC2164 # .ci/run assigns the variables, and exits on errors.

# Lists the manifests of the packages that are published.
published_manifests() {
    local manifest manifests
    manifests=$(git ls-files Cargo.toml '*/Cargo.toml')
    for manifest in $manifests; do
        if grep '^\[package\]$' "$manifest" >/dev/null &&
            ! grep -x 'publish = false' "$manifest" >/dev/null; then
            printf '%s\n' "$manifest"
        fi
    done
}

# Prints the name of the package in a manifest.
name_in() {
    sed -n '/^\[package\]$/,/^\[/s/^name = "\(.*\)"$/\1/p' "$1"
}

# Copies the files of the repository, as they are now, into a folder. They keep the times of their last
# changes: cargo builds a copy as if it were the repository, and must see what is newer than its build.
copy_to() {
    mkdir -p "$1"
    git ls-files -z --cached --others --exclude-standard |
        tar --create --null --ignore-failed-read --files-from=- |
        tar --extract --directory="$1"
}

# A dependency on a release candidate stops building when the next one comes.
no_prereleases() {
    local files found
    files=$(git ls-files Cargo.toml '*/Cargo.toml' Cargo.lock '*/Cargo.lock')
    printf '\n== no pre-release in %s\n' "${files//$'\n'/ }"
    # shellcheck disable=SC2086 # One argument for each file.
    found=$(prereleases_in $files)
    [[ -z $found ]] || die "pre-release versions are not allowed:"$'\n'"$found"
}

# Lists pre-release versions. What follows a `+` is build metadata, and may contain a hyphen.
prereleases_in() {
    local file version="([0-9][^\"'+]*)?[0-9]+\.[0-9]+\.[0-9]+-"
    for file; do
        case $file in
        *.toml) grep -HnE "^[^#]*[\"'][ ~^=<>]*$version" "$file" || true ;;
        *.lock)
            awk '/^name = / { name = $3 }
                /^version = "[^"+]*-/ { print FILENAME ":" FNR ":" name " " $3 }' "$file"
            ;;
        esac
    done
}

locks_are_current() {
    local lock locks
    locks=$(git ls-files Cargo.lock '*/Cargo.lock')
    [[ -n $locks ]] || die "Cargo.lock is not committed"
    for lock in $locks; do
        step cargo fetch --locked --manifest-path "${lock%lock}toml" ||
            die "$lock is out of date, or the registry cannot be reached"
    done
}

# Licenses, sources, wildcards, and crates in two versions.
dependencies_are_allowed() {
    local manifest config
    has_tool deny 0.20.2 --no-default-features || {
        leave_out "licenses and duplicate versions: cargo-deny is missing"
        return
    }
    for manifest in $published; do
        config=.ci/deny-members.toml
        [[ $manifest != Cargo.toml ]] || config=deny.toml
        step cargo deny --locked --config "$config" --manifest-path "$manifest" \
            check bans licenses sources
    done
}

formatted() {
    has_component rustfmt || {
        leave_out "the format: rustfmt is missing"
        return
    }
    step cargo fmt --all --check
    [[ ! -e fuzz/Cargo.toml ]] || step cargo fmt --manifest-path fuzz/Cargo.toml --check
}

lints() {
    has_component clippy || {
        leave_out "the lints: clippy is missing"
        return
    }
    step cargo clippy --workspace --all-targets --all-features -- -D warnings
    has_tool hack 0.6.46 || {
        leave_out "the lints with each feature and with pairs of them: cargo-hack is missing"
        return
    }
    # A feature must not need another without saying so, and two must not contradict each other. The
    # tests have the same features, and are linted in the same runs as a default member.
    step cargo hack clippy --quiet --feature-powerset --depth 2 --all-targets -- -D warnings
    step cargo hack clippy --quiet --package oauth1-signer-reqwest --package oauth1-signer-redis \
        --feature-powerset --all-targets -- -D warnings
}

# Every example prints something useful without input.
examples_run() {
    local example output
    for example in examples/*; do
        example=$(basename "$example" .rs)
        printf '\n== cargo run --quiet --all-features --example %s\n' "$example"
        output=$(cargo run --quiet --all-features --example "$example") ||
            die "the example $example failed"
        [[ -n $output ]] || die "the example $example printed nothing"
        printf 'it printed %d lines\n' "$(wc -l <<<"$output")"
    done
}

# Software by other authors: signed calls, the three legs, what HTTP clients and the command send and forms
# that Chromium posts, all verified by Python's oauthlib. Then the other way round: what libraries in Python and
# JavaScript sign is verified here.
interoperates() {
    if ! has_python; then
        leave_out "the calls to and from programs that use oauthlib: python3 with venv is missing"
        return
    fi
    step tests/interop/run
    step tests/wire/run
    if has_node; then
        step tests/interop/verify
    else
        leave_out "requests that libraries in Python and JavaScript sign: node or npm is missing"
    fi
    # Without curl, .ci/run has reported already that this is left out.
    if has_curl; then
        step tests/interop/command
    fi
    if has_chromium; then
        step tests/interop/browser
    else
        leave_out "the forms that a browser posts: chromium is missing"
    fi
}

# The documentation as anyone builds it, and as docs.rs does, which says what needs which feature.
documentation() {
    step env RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --all-features
    has_toolchain nightly || {
        leave_out "the documentation as docs.rs builds it: a nightly Rust is missing"
        return
    }
    step env RUSTDOCFLAGS="--cfg docsrs -D warnings" cargo +nightly doc --no-deps --all-features \
        --package oauth1-signer --package oauth1-signer-axum --package oauth1-signer-redis \
        --package oauth1-signer-reqwest
}

# What users get who add the crate today. Without `rust-version`, cargo chooses the newest versions
# that the installed Rust builds, instead of those that the oldest one builds.
newest_versions() {
    copy_to "$scratch/newest"
    cd "$scratch/newest"
    find . -name Cargo.toml -exec sed -i '/^rust-version/d' {} +
    if ! CARGO_NET_OFFLINE=false step cargo update; then
        cd "$root"
        leave_out "the newest versions: cargo update failed; can the registry be reached?"
        return
    fi
    if cmp --silent Cargo.lock "$root/Cargo.lock"; then
        printf 'Cargo.lock has the newest versions already; they are tested and linted above\n'
    else
        step cargo clippy --workspace --all-targets --all-features -- -D warnings
        step cargo test --all-features
    fi
    cd "$root"
}

# What users get whose other dependencies hold ours back. The requirements of one member also raise
# the versions of the others, so each published package is resolved with as few others as possible.
lowest_versions() {
    has_toolchain nightly || {
        leave_out "the lowest versions: a nightly Rust is missing"
        return
    }
    local manifest members
    copy_to "$scratch/lowest"
    cd "$scratch/lowest"
    for manifest in $published; do
        members=
        [[ $manifest == Cargo.toml ]] || members="\"${manifest%/Cargo.toml}\""
        sed "s|^members = .*|members = [$members]|; s|^default-members = .*|default-members = [\".\"]|" \
            "$root/Cargo.toml" >Cargo.toml
        lowest || return 0
        step cargo check --all-features --package "$(name_in "$manifest")"
    done

    # The tests of the crate, without the members that hold its dependencies to higher versions.
    sed 's|^members = .*|members = ["tests"]|' "$root/Cargo.toml" >Cargo.toml
    cp "$root/Cargo.lock" .
    lowest || return 0
    step cargo test --all-features
    cd "$root"
}

# Resolves the lowest versions that the manifests allow.
lowest() {
    if ! CARGO_NET_OFFLINE=false step cargo +nightly update -Z direct-minimal-versions; then
        cd "$root"
        leave_out "the lowest versions: cargo update failed; can the registry be reached?"
        return 1
    fi
    local found
    found=$(prereleases_in Cargo.lock)
    [[ -z $found ]] || die "the lowest versions have pre-releases:"$'\n'"$found"
}

# The oldest Rust that the manifest promises.
oldest_rust() {
    local version
    version=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)
    if has_toolchain "$version"; then
        step rustup run "$version" cargo check --workspace --all-features
    else
        leave_out "the oldest Rust: $version is missing"
    fi
}

# A build for the host would not notice a use of the standard library, so one for a machine without
# it is tried. The tree shows whether a dependency would bring the standard library.
no_std() {
    local target=thumbv7em-none-eabihf tree
    if has_target "$target"; then
        step cargo build --package oauth1-signer --no-default-features --target "$target"
    else
        leave_out "a target without std: $target is missing"
    fi
    tree=$(cargo tree --package oauth1-signer --edges features,no-dev,no-build,no-proc-macro \
        --no-default-features)
    if grep 'feature "std"' <<<"$tree"; then
        die "a dependency has its feature std on without ours"
    fi
}

# The browser, also with the feature `http` and the adapter for reqwest. `getrandom` has no generator
# there until the program chooses one; the page about HTTP clients says how.
wasm() {
    local target=wasm32-unknown-unknown line output
    has_target "$target" || {
        leave_out "WebAssembly: $target is missing"
        return
    }
    step cargo build --package oauth1-signer --no-default-features --target "$target"

    line=$(grep -o 'getrandom = {[^}]*wasm_js[^}]*}' docs/clients.md) ||
        die "docs/clients.md does not say which feature of getrandom to switch on for $target"
    mkdir -p "$scratch/wasm/src"
    cp Cargo.lock "$scratch/wasm"
    cat >"$scratch/wasm/Cargo.toml" <<END
[package]
name = "program"
edition = "2024"

[workspace]

[dependencies]
http = "1"
oauth1-signer = { path = "$root", features = ["http", "rsa"] }
oauth1-signer-reqwest = { path = "$root/adapters/reqwest" }
reqwest = { version = "0.13", default-features = false }
END
    cat >"$scratch/wasm/src/main.rs" <<'END'
use oauth1_signer::{Consumer, Request, Signer, Stamp};
use oauth1_signer_reqwest::Sign;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let signer = Signer::new(&Consumer::new("key", "secret"), None);
    let url = "https://api.example.com/photos?size=original";
    let request = Request::get(url)?;
    let signed = signer.sign(&request, Stamp::at(1_316_657_628));
    println!("{}", signed.authorization_header());

    let mut request = http::Request::get(url).body(String::new())?;
    signer.sign_http(&mut request, Stamp::at(1_316_657_628))?;
    println!("{:?}", request.headers());

    let request = reqwest::Client::new().get(url);
    let request = request.sign_with(&signer, Stamp::at(1_316_657_628))?;
    println!("{:?}", request.build()?.headers());
    Ok(())
}
END
    cd "$scratch/wasm"
    printf '\n== (in %s) cargo check --target %s, which must fail and name wasm_js\n' "$PWD" "$target"
    if output=$(cargo check --target "$target" 2>&1); then
        die "getrandom needs no feature for $target any more; docs/clients.md says it does"
    fi
    grep wasm_js <<<"$output" || die "getrandom does not say what to do: $output"
    printf '%s\n' "$line" >>Cargo.toml
    step cargo build --target "$target"
    cd "$root"
}

thirty_two_bits() {
    local target=i686-unknown-linux-gnu
    if has_32_bit_linker && has_target "$target"; then
        step cargo test --target "$target" --all-features
    else
        leave_out "a 32-bit machine: $target or gcc-multilib is missing"
    fi
}

# Miri interprets the tests as a big-endian machine would run them. It takes a thousand times longer.
big_endian() {
    local target=s390x-unknown-linux-gnu
    if has_miri; then
        step cargo +nightly miri setup --target "$target"
        step cargo +nightly miri test --package tests --test byte_order --no-default-features \
            --target "$target"
    else
        leave_out "a big-endian machine: a nightly Rust with miri and rust-src is missing"
    fi
}

# What is published of each package: the sources, the documents and nothing else.
packages() {
    local manifest name readme list file common arguments=()
    local -A others=(
        [oauth1-signer]='docs/.*\.md|(CHANGELOG|README)\.md'
        [oauth1-signer-axum]='examples/.*\.rs|README\.md'
        [oauth1-signer-cli]='command\.md'
        [oauth1-signer-redis]='README\.md'
        [oauth1-signer-reqwest]='examples/.*\.rs|README\.md'
    )
    common='src/.*\.rs|LICENSE|Cargo\.(toml|toml\.orig|lock)|\.cargo_vcs_info\.json'
    for manifest in $published; do
        name=$(name_in "$manifest")
        [[ -n ${others[$name]-} ]] || die "the files to publish of $name are not listed here"
        printf '\n== cargo package --package %s --list --allow-dirty\n' "$name"
        list=$(cargo package --package "$name" --list --allow-dirty)
        printf '%s\n' "$list"
        readme=$(sed -n 's/^readme = "\(.*\)"$/\1/p' "$manifest")
        for file in Cargo.toml LICENSE 'src/(lib|main).rs' "${readme##*/}"; do
            grep -xE "$file" <<<"$list" >/dev/null || die "$file of $name would not be published"
        done
        if grep -vxE "$common|${others[$name]}" <<<"$list"; then
            die "these files of $name would be published too"
        fi
    done

    # Cargo unpacks a package for those that depend on it, and would build that copy again next time,
    # even though it has changed.
    for manifest in $published; do
        name=$(name_in "$manifest")
        arguments+=(--package "$name")
        find "${CARGO_HOME:-$HOME/.cargo}/registry/src" -mindepth 2 -maxdepth 2 \
            -name "$name-[0-9]*" -exec rm -r {} +
    done
    step env CARGO_TARGET_DIR="$scratch/package" cargo package --allow-dirty "${arguments[@]}"
}

# Each target runs for a few seconds, from the inputs that are committed.
fuzz_targets() {
    [[ -e fuzz/run ]] || return 0
    if has_toolchain nightly && has_tool fuzz 0.13.2 && has_cxx; then
        step cargo clippy --manifest-path fuzz/Cargo.toml --all-targets -- -D warnings
        step fuzz/run 10
    else
        leave_out "the fuzz targets: a nightly Rust, cargo-fuzz or a C++ compiler is missing"
    fi
}
