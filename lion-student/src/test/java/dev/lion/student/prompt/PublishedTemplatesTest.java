package dev.lion.student.prompt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Chat templates as models are published with them, which are not part of the repository: the folder that the environment
 * variable {@code LION_TEMPLATES} names holds {@code NAME.jinja} files and what {@code expected_texts.py} made of them.
 */
class PublishedTemplatesTest {
    private static final String FOLDER = System.getenv("LION_TEMPLATES");

    @BeforeAll
    static void requireTemplates() {
        assumeTrue(FOLDER != null, "LION_TEMPLATES names no folder of published chat templates");
    }

    static Stream<ExpectedTexts.Case> cases() throws IOException {
        return FOLDER == null ? Stream.of(new ExpectedTexts.Case[] {null}) : ExpectedTexts.in(Path.of(FOLDER));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void render_publishedTemplate_isWhatJinjaWrites(ExpectedTexts.Case one) {
        one.check();
    }
}
