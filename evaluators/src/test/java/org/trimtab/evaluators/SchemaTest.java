package org.trimtab.evaluators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.trimtab.spec.bind.SpecSchema;

class SchemaTest {
  private static final String REGENERATE = "trimtab.schema.write";

  @Test
  void theSchemaInTheProjectIsThatOfTheRecords() throws IOException {
    Path file = Project.file("schema/experiment.schema.json");
    String schema = SpecSchema.text(Project.REGISTRY);
    if (Boolean.getBoolean(REGENERATE)) {
      Files.writeString(file, schema);
    }

    assertThat(Files.readString(file))
        .as(
            "schema/experiment.schema.json differs from the records; this writes it: mvn -q test"
                + " -Dtest=SchemaTest -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
            REGENERATE)
        .isEqualTo(schema);
  }
}
