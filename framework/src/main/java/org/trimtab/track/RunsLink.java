package org.trimtab.track;

import java.net.URI;

/** The address of an experiment's page. */
final class RunsLink {
  private RunsLink() {}

  /** All runs of an experiment: sweeps, with their cells below them. */
  static URI of(URI server, String experiment) {
    return URI.create(
        server + "/#/experiments/" + experiment + "/runs?workflowType=machine_learning");
  }
}
