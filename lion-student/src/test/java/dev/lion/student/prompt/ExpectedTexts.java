package dev.lion.student.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.student.checkpoint.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Templates with the texts that {@code expected_texts.py}, beside the templates of these tests, says they render to. */
final class ExpectedTexts {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    private ExpectedTexts() {}

    /** One conversation in one template: what Jinja2 made of it. */
    record Case(String template, String source, JsonNode tokens, JsonNode json) {
        @Override
        public String toString() {
            return template + ": " + json.path("name").asText();
        }

        /** Compares what lion makes of it. */
        void check() {
            if (json.has("text")) {
                assertThat(rendered()).isEqualTo(json.path("text").asText());
            } else {
                assertThatThrownBy(this::rendered)
                        .isInstanceOf(PromptException.class)
                        .hasMessageEndingWith(json.path("refused").asText());
            }
        }

        private String rendered() {
            var values = new HashMap<String, Object>();
            for (String name : List.of("bos_token", "eos_token")) {
                if (tokens.has(name)) {
                    values.put(name, tokens.path(name).asText());
                }
            }
            values.put("messages", messages());
            values.put(
                    "add_generation_prompt", json.path("add_generation_prompt").asBoolean());
            return TemplateEngine.render(TemplateSource.forJinjava(source), values, DAY, 1000);
        }

        private List<Map<String, String>> messages() {
            return StreamSupport.stream(json.path("messages").spliterator(), false)
                    .map(message -> Map.of(
                            "role",
                            message.path("role").asText(),
                            "content",
                            message.path("content").asText()))
                    .toList();
        }
    }

    /** All cases of a folder that Jinja2 renders, or refuses with {@code raise_exception}. */
    static Stream<Case> in(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jinja")).sorted().toList().stream()
                    .flatMap(ExpectedTexts::cases);
        }
    }

    private static Stream<Case> cases(Path file) {
        try {
            String name = file.getFileName().toString().replace(".jinja", "");
            String source = Files.readString(file);
            JsonNode expected = JsonFile.read(file.resolveSibling(name + ".expected.json"));
            return StreamSupport.stream(expected.path("cases").spliterator(), false)
                    .filter(one -> one.has("text") || one.has("refused"))
                    .map(one -> new Case(name, source, expected, one));
        } catch (IOException e) {
            throw new AssertionError("run expected_texts.py on the folder of " + file, e);
        }
    }
}
