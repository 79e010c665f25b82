package org.trimtab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** This program's version, as Maven wrote it into the jar. */
public final class Release {
  private static final String RESOURCE =
      "/META-INF/maven/org.trimtab/trimtab-framework/pom.properties";

  private Release() {}

  /** The version, {@code 0.1.0}; {@code (not packaged)} when it runs from a folder of classes. */
  public static String version() {
    Properties properties = new Properties();
    try (@Nullable InputStream in = Release.class.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "(not packaged)");
  }
}
