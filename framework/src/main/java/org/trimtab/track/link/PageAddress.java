package org.trimtab.track.link;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Builds the address of a page of the MLflow UI. Every link asks for {@code
 * workflowType=machine_learning}, because MLflow 3.17 otherwise opens experiments in its mode for
 * language model traces, which does not show runs. It comes last: the page that compares runs finds
 * them only as its first parameter.
 */
final class PageAddress {
  private final StringBuilder text;
  private char separator = '?';

  /**
   * Begins an address.
   *
   * @param page the page within the UI, such as {@code experiments/1/runs}
   */
  PageAddress(URI server, String page) {
    String port = server.getPort() < 0 ? "" : ":" + server.getPort();
    String path = server.getRawPath() == null ? "" : server.getRawPath().replaceAll("/+$", "");
    this.text =
        new StringBuilder(server.getScheme() + "://" + server.getHost() + port + path)
            .append("/#/")
            .append(page);
  }

  /** Adds a parameter; its value is percent-encoded. */
  PageAddress with(String name, String value) {
    String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    text.append(separator).append(name).append('=').append(encoded);
    separator = '&';
    return this;
  }

  URI uri() {
    return URI.create(text + (separator + "workflowType=machine_learning"));
  }
}
