package org.trimtab.run.session;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.trimtab.data.source.model.ModelSource;
import org.trimtab.data.source.model.ResolvedModel;
import org.trimtab.io.TextTable;

/** The list of models as text. */
public final class ModelsText {
  private ModelsText() {}

  /** The catalogue: a line a model, then where those are that are here. */
  public static String of(List<ModelSource.Listing> listings) {
    TextTable table = new TextTable("name", "MB", "licence", "here", "description");
    StringBuilder places = new StringBuilder();
    for (ModelSource.Listing listing : listings) {
      table.row(
          listing.name(),
          megabytes(listing.bytes()),
          listing.model().licence() + (listing.model().gated() ? " (gated)" : ""),
          listing.present().isPresent() ? "yes" : "no",
          listing.model().description());
      listing
          .present()
          .ifPresent(path -> places.append(listing.name()).append(": ").append(path).append('\n'));
    }
    return table.text() + (places.isEmpty() ? "" : "\n" + places);
  }

  /** A model that is here. */
  public static String of(ResolvedModel model) {
    StringBuilder text = new StringBuilder();
    text.append(model.name()).append(": ").append(model.path()).append('\n');
    text.append("from ").append(model.source()).append('\n');
    model.files().forEach((file, sha256) -> text.append(sha256 + "  " + file + "\n"));
    return text.toString();
  }

  private static String megabytes(OptionalLong bytes) {
    return bytes.isPresent() ? String.format(Locale.ROOT, "%.1f", bytes.getAsLong() / 1e6) : "-";
  }
}
