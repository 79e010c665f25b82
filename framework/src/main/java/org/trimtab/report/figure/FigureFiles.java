package org.trimtab.report.figure;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/** Renders figures as SVG and PNG, without a display. */
public final class FigureFiles {
  /** Pixels of a PNG along one unit of an SVG: 2,580 pixels or more of width, enough for print. */
  private static final int DENSITY = 3;

  /** As on slim Linux images. */
  private static final String NO_FONTS =
      "Java finds no fonts to draw with. Install fontconfig and a font ('apt-get install fontconfig"
          + " fonts-dejavu-core' on Debian) and make the report again";

  private FigureFiles() {}

  /**
   * A figure's files by their suffixes, {@code svg} and {@code png}.
   *
   * @throws LeftOutException when Java finds no fonts on this machine
   */
  public static Map<String, byte[]> of(FigureData data) throws LeftOutException {
    return of(data.caption(), data.rows());
  }

  /**
   * The files of panels.
   *
   * @param caption what they show
   * @param rows the panels, row by row from top to bottom
   * @throws LeftOutException when Java finds no fonts on this machine
   */
  public static Map<String, byte[]> of(String caption, List<List<FigurePanel>> rows)
      throws LeftOutException {
    System.setProperty("java.awt.headless", "true");
    try {
      Map<String, byte[]> files = new LinkedHashMap<>();
      FigureLayout layout = new FigureLayout(rows);
      files.put("svg", svg(layout, caption, rows));
      files.put("png", png(layout));
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (LinkageError | InternalError e) {
      throw new LeftOutException(NO_FONTS, e);
    } catch (RuntimeException e) {
      if (String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("font")) {
        throw new LeftOutException(NO_FONTS, e);
      }
      throw e;
    }
  }

  /** Text is drawn as outlines, which need no font; a description holds the text. */
  private static byte[] svg(FigureLayout layout, String caption, List<List<FigurePanel>> rows)
      throws IOException {
    VectorGraphics2D drawing = new VectorGraphics2D();
    layout.paint(drawing);
    PageSize page = new PageSize(0, 0, layout.width(), layout.height());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new SVGProcessor().getDocument(drawing.getCommands(), page).writeTo(bytes);
    return described(bytes.toString(StandardCharsets.UTF_8), caption, rows)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String described(String svg, String caption, List<List<FigurePanel>> rows) {
    String panels =
        rows.stream()
            .flatMap(List::stream)
            .map(FigureFiles::description)
            .collect(Collectors.joining(". "));
    String description =
        "<title>%s</title><desc>%s</desc>".formatted(escaped(caption), escaped(panels));
    int end = svg.indexOf('>', svg.indexOf("<svg")) + 1;
    return numbered(svg.substring(0, end) + "\n  " + description + svg.substring(end));
  }

  private static String description(FigurePanel panel) {
    List<String> parts = new ArrayList<>();
    parts.add("x: " + panel.xTitle());
    parts.add("y: " + panel.yTitle());
    if (!panel.title().isEmpty()) {
      parts.add(panel.title());
    }
    if (!panel.form().map()) {
      panel.lines().forEach(line -> parts.add(line.label()));
    }
    return String.join("; ", parts);
  }

  /** The library names clip paths by hash codes, which differ between runs. */
  private static String numbered(String svg) {
    List<String> clips =
        Pattern.compile("clip-?\\d+")
            .matcher(svg)
            .results()
            .map(MatchResult::group)
            .distinct()
            .toList();
    String text = svg;
    for (int i = 0; i < clips.size(); i++) {
      text = text.replaceAll("\\b" + clips.get(i) + "\\b", "area" + (i + 1));
    }
    return text;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replaceAll("\\p{Cntrl}+", " ");
  }

  private static byte[] png(FigureLayout layout) throws IOException {
    int width = layout.width() * DENSITY;
    int height = layout.height() * DENSITY;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D drawing = image.createGraphics();
    drawing.scale(DENSITY, DENSITY);
    drawing.setColor(Color.WHITE);
    drawing.fillRect(0, 0, layout.width(), layout.height());
    layout.paint(drawing);
    drawing.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
