package org.trimtab.cli;

import org.trimtab.Release;
import picocli.CommandLine.IVersionProvider;

/** The output of {@code --version}. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "Trimtab " + Release.version(), "Java " + System.getProperty("java.version"),
    };
  }
}
