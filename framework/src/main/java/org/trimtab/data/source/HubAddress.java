package org.trimtab.data.source;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Addresses on the hub. */
public final class HubAddress {
  private HubAddress() {}

  /** A file's content, from large-file storage if necessary. */
  static URI file(URI hub, String repository, String revision, String file) {
    return URI.create(
        hub + "/" + path(repository) + "/resolve/" + segment(revision) + "/" + path(file));
  }

  /** The listing of a model repository, with sizes and the hashes of large files. */
  public static URI listing(URI hub, String repository, String revision) {
    return URI.create(
        hub + "/api/models/" + path(repository) + "/revision/" + segment(revision) + "?blobs=true");
  }

  private static String path(String path) {
    return Arrays.stream(path.split("/", -1))
        .map(HubAddress::segment)
        .collect(Collectors.joining("/"));
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
