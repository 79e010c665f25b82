/**
 * Tables as papers print them, and as programs read them: Markdown, LaTeX, CSV. One description of
 * a table, of which each form is a rendering.
 */
@NullMarked
package org.trimtab.report.paper;

import org.jspecify.annotations.NullMarked;
