"""avocet demo: a desk of its own with a real run loaded."""

from __future__ import annotations

from rich.markup import escape

from avocet.cli.serve import PORT, Host, NoBrowser, Port, check_host, serve_at
from avocet.cli.terminal import load_settings, opened, stderr
from avocet.domain import plural


def demo(host: Host = "127.0.0.1", port: Port = PORT, no_browser: NoBrowser = False) -> None:
    """Serve a desk of its own with a real run of SmolLM2-135M-Instruct loaded."""
    from avocet import runs

    settings = load_settings()
    check_host(settings, host)
    if "data_dir" not in settings.model_fields_set and settings.database_url is None:
        # the demo's cards stay out of a person's own desk
        settings = settings.model_copy(update={"data_dir": settings.data_dir.with_name("avocet-demo")})
    with opened(settings) as database:
        for counts in runs.import_example(database):
            stderr.print(
                f"Demo run {escape(counts.run_id)}: {plural(counts.imported, 'new card')}, "
                f"{counts.skipped:,} already here."
            )
    serve_at(settings, host, port, no_browser)
