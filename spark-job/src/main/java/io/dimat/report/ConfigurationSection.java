package io.dimat.report;

import io.dimat.metrics.RunDescription;

/** The resolved configuration, folded away. */
final class ConfigurationSection implements Section {
  @Override
  public String render(RunDescription run, RunSeries series) {
    if (run.configuration().isBlank()) {
      return "";
    }
    Markup html = new Markup();
    html.open("details").leaf("summary", "Show the resolved configuration");
    html.open("pre").leaf("code", run.configuration()).close("pre").close("details");
    return Page.section("Configuration", html.toString());
  }
}
