package org.trimtab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The program's version, as Maven wrote it into the jar. */
public final class Release {
  private static final String RESOURCE = "/META-INF/maven/org.trimtab/framework/pom.properties";

  private Release() {}

  /** The version; {@code (not packaged)} when the program does not run from its jar. */
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
