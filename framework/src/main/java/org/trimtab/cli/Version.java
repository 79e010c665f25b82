package org.trimtab.cli;

import org.trimtab.Release;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "Trimtab " + Release.version(), "Java " + System.getProperty("java.version"),
    };
  }
}
