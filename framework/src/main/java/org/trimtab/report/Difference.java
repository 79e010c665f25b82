package org.trimtab.report;

/**
 * How far a metric of one row is from that of the reference row, on the items that both have.
 *
 * @param items the number of common items
 * @param value this row minus the reference
 * @param interval its 95 % interval by the paired bootstrap
 */
public record Difference(int items, double value, Interval interval) {}
