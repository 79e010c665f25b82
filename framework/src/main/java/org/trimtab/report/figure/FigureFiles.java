package org.trimtab.report.figure;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;

/** Writes figures as SVG and PNG, without a screen. */
public final class FigureFiles {
  /** Pixels of a PNG along one unit of an SVG: 2,580 pixels of width, enough for print. */
  private static final int DENSITY = 3;

  private FigureFiles() {}

  /**
   * A figure's files by their suffixes, {@code svg} and {@code png}.
   *
   * @throws NoFontsException when Java finds no fonts on this machine
   */
  public static Map<String, byte[]> of(FigureData data) throws NoFontsException {
    System.setProperty("java.awt.headless", "true");
    try {
      Map<String, byte[]> files = new LinkedHashMap<>();
      // A heat map that was painted once has no axes the second time: each file has its own charts.
      files.put("svg", svg(charts(data), data));
      files.put("png", png(charts(data)));
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (LinkageError | InternalError e) {
      throw new NoFontsException(e);
    } catch (RuntimeException e) {
      if (NoFontsException.isReason(e)) {
        throw new NoFontsException(e);
      }
      throw e;
    }
  }

  private static List<Chart<?, ?>> charts(FigureData data) {
    int height = data.panels().size() > 1 ? FigureStyle.PANEL_HEIGHT : FigureStyle.HEIGHT;
    List<FigureLine> all = data.panels().stream().flatMap(panel -> panel.lines().stream()).toList();
    double largest =
        all.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(FigurePoint::y)
            .max()
            .orElse(1);
    List<Chart<?, ?>> charts = new ArrayList<>();
    for (FigurePanel panel : data.panels()) {
      charts.add(
          panel.form() == FigurePanel.Form.HEAT_MAP
              ? HeatChart.of(panel, height, largest)
              : FigureChart.of(panel, all, height));
    }
    return charts;
  }

  /** Panels below each other. */
  private static void paint(List<Chart<?, ?>> charts, Graphics2D drawing) {
    for (Chart<?, ?> chart : charts) {
      chart.paint(drawing, FigureStyle.WIDTH, chart.getHeight());
      drawing.translate(0, chart.getHeight());
    }
  }

  private static int height(List<Chart<?, ?>> charts) {
    return charts.stream().mapToInt(Chart::getHeight).sum();
  }

  /** Letters are drawn as outlines, which need no font; a description says what they say. */
  private static byte[] svg(List<Chart<?, ?>> charts, FigureData data) throws IOException {
    VectorGraphics2D drawing = new VectorGraphics2D();
    paint(charts, drawing);
    PageSize page = new PageSize(0, 0, FigureStyle.WIDTH, height(charts));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new SVGProcessor().getDocument(drawing.getCommands(), page).writeTo(bytes);
    return described(bytes.toString(StandardCharsets.UTF_8), data).getBytes(StandardCharsets.UTF_8);
  }

  private static String described(String svg, FigureData data) {
    String panels =
        data.panels().stream().map(FigureFiles::description).collect(Collectors.joining(". "));
    String description =
        "<title>%s</title><desc>%s</desc>".formatted(escaped(data.caption()), escaped(panels));
    int end = svg.indexOf('>', svg.indexOf("<svg")) + 1;
    return numbered(svg.substring(0, end) + "\n  " + description + svg.substring(end));
  }

  private static String description(FigurePanel panel) {
    String legend =
        panel.title().isEmpty()
            ? panel.lines().stream().map(FigureLine::label).collect(Collectors.joining("; "))
            : panel.title();
    return "x: %s; y: %s; %s".formatted(panel.xTitle(), panel.yTitle(), legend);
  }

  /** The library names clips by hash codes, which differ from run to run. */
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

  private static byte[] png(List<Chart<?, ?>> charts) throws IOException {
    int width = FigureStyle.WIDTH * DENSITY;
    int height = height(charts) * DENSITY;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D drawing = image.createGraphics();
    drawing.scale(DENSITY, DENSITY);
    paint(charts, drawing);
    drawing.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
