package org.trimtab.report.figure;

import java.util.List;

/**
 * What a figure shows, without how it looks.
 *
 * @param options the figure
 * @param caption what it shows, a few sentences
 * @param xTitle title of the x axis, with its unit
 * @param yTitle title of the y axis, with its unit
 * @param lines what is drawn, the reference first
 * @param notes what is not drawn, and why
 */
public record FigureData(
    FigureOptions options,
    String caption,
    String xTitle,
    String yTitle,
    List<FigureLine> lines,
    List<String> notes) {}
