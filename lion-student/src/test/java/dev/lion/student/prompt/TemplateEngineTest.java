package dev.lion.student.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateEngineTest {
    static Stream<ExpectedTexts.Case> cases() throws IOException, URISyntaxException {
        var script = Objects.requireNonNull(TemplateEngineTest.class.getResource("expected_texts.py"));
        return ExpectedTexts.in(Path.of(script.toURI()).resolveSibling("."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void render_ownTemplate_isWhatJinjaWrites(ExpectedTexts.Case one) {
        one.check();
    }

    @Test
    void render_sameTextsTwice_isTheSame() {
        assertThat(render("{% for m in messages %}{{ m.content }}{% endfor %}"))
                .isEqualTo(render("{% for m in messages %}{{ m.content }}{% endfor %}"))
                .isEqualTo("one");
    }

    @Test
    void render_refusal_hasLineAndMessage() {
        assertThatThrownBy(() -> render("text\n{{ raise_exception('no system message') }}"))
                .isInstanceOf(PromptException.class)
                .hasMessage("line 2: no system message");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\n{% if %}",
                "a\n{% for m in messages %}",
                "a\n{{ messages | nothing }}",
                "a\n{{ nothing(1) }}",
                "a\n{% unknown %}",
                "a\n{{ 'x'.format(1) }}",
                "a\n{{ 'open }}"
            })
    void render_damagedTemplate_isRefusedWithTheLine(String template) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOf(PromptException.class)
                .hasMessageMatching("(?s)line [12]: .+");
    }

    /** Each of these would run for years, or fill the memory. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in range(999) %}{% for b in range(999) %}{% for c in range(999) %}{% for d in range(999) %}"
                        + "{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
                "{% set ns = namespace(t='xx') %}{% for a in range(999) %}{% set ns.t = ns.t + ns.t %}{% endfor %}",
                "{% set ns = namespace(t='xx') %}{% for a in range(999) %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}",
                "{% set ns = namespace(t=[1, 2]) %}{% for a in range(999) %}{% set ns.t = ns.t + ns.t %}{% endfor %}",
                "{% set ns = namespace(t='xxxxxxxx') %}{% for a in range(30) %}{% set ns.t = ns.t.replace('x', ns.t) %}{% endfor %}",
                "{% set ns = namespace(t=['xx']) %}{% for a in range(99) %}{% set ns.t = [ns.t | join(','), ns.t | join(',')] %}{% endfor %}",
                "{% macro f(n) %}{{ f(n + 1) }}{{ f(n + 1) }}{% endmacro %}{{ f(0) }}",
                "{% for a in range(999) %}{% for b in range(999) %}{{ messages }}{{ messages }}{{ messages }}{% endfor %}{% endfor %}",
                "{{ range(1000000000) | list | length }}{% for a in range(1000000000) %}{% for b in range(1000000000) %}x{% endfor %}{% endfor %}"
            })
    void render_templateWithoutBound_isRefused(String template) {
        assertThatThrownBy(() -> render(template)).isInstanceOf(PromptException.class);
    }

    /** Each of these does its work in one step: for about a minute, so that what is left behind ends, too. */
    @Tag("slow")
    @ParameterizedTest
    @Timeout(60)
    @ValueSource(strings = {"n.x | tojson", "n.x | string", "[n.x, n.y] | unique | length", "n.x == n.y"})
    void render_listsThatShareTheirParts_isRefused(String expression) {
        String template = "{% set n = namespace(x=[], y=[]) %}{% for i in range(33) %}{% set n.x = [n.x, n.x] %}"
                + "{% set n.y = [n.y, n.y] %}{% endfor %}{{ " + expression + " }}";

        assertThatThrownBy(() -> render(template)).isInstanceOf(PromptException.class);
    }

    @ParameterizedTest
    @Timeout(60)
    @MethodSource("templatesOfManyParts")
    void render_templateOfManyParts_isRefused(String template, String message) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOf(PromptException.class)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> templatesOfManyParts() {
        return Stream.of(
                Arguments.of("{% raw %}".repeat(110_000), "a raw block has no end"),
                Arguments.of("{{ " + "not ".repeat(5_000) + "true }}", "nested too deeply"),
                Arguments.of("{{ 1.5 | round(30000000) | string }}", "'round' takes a number of digits"));
    }

    @Test
    void render_deepNesting_isRefused() {
        assertThatThrownBy(() -> render("{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}"))
                .isInstanceOf(PromptException.class);
        assertThatThrownBy(() -> render("{% if true %}".repeat(20_000) + "{% endif %}".repeat(20_000)))
                .isInstanceOf(PromptException.class);
    }

    @Test
    void render_wordOfOtherLetters_isAVariable() {
        assertThat(render("{% set größe = 'x' %}{{ größe }}{{ é }}")).isEqualTo("x");
    }

    @Test
    void render_longText_isWritten() {
        String text = "a\\'\"".repeat(50_000);

        assertThat(render("{{ '" + text + "' }}")).hasSize(3 * 50_000);
    }

    @Test
    void render_enginesOwnObjects_areRefused() {
        assertThatThrownBy(() -> render("{{ ____int3rpr3t3r____ is defined }}"))
                .isInstanceOf(PromptException.class)
                .hasMessage("line 1: there is no '____int3rpr3t3r____' here");
        assertThatThrownBy(() -> render("{% for m in messages %}{{ loop | tojson }}{% endfor %}"))
                .isInstanceOf(PromptException.class)
                .hasMessageContaining("only texts, numbers, lists and mappings");
    }

    /** Nothing but the conversation can be reached: neither Java's objects, nor files, nor the engine. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ messages.class }}",
                "{{ 'x'.class.forName('java.lang.Runtime') }}",
                "{{ 'x'.getClass() }}",
                "{{ messages[0].getClass().getClassLoader() }}",
                "{{ messages.getClass() }}",
                "{{ ____int3rpr3t3r____.getContext() }}",
                "{{ ____int3rpr3t3r____.context }}",
                "{{ ____int3rpr3t3r____.config.objectMapper }}",
                "{% include 'META-INF/MANIFEST.MF' %}",
                "{% import 'META-INF/MANIFEST.MF' as x %}{{ x }}",
                "{% from 'META-INF/MANIFEST.MF' import x %}{{ x }}",
                "{% extends 'META-INF/MANIFEST.MF' %}",
                "{{ messages | pprint }}",
                "{{ messages | map('getClass') | list }}",
                "{{ messages | map(attribute='class') | join }}",
                "{{ loop.class }}",
                "{% for m in messages %}{{ loop.getClass() }}{% endfor %}",
                "{{ raise_exception.class }}",
                "{{ ''.__class__.__mro__ }}"
            })
    void render_templateThatReachesOut_findsNothing(String template) {
        String text;
        try {
            text = render(template);
        } catch (PromptException e) {
            text = "";
        }
        assertThat(text).isIn("", "[]", "[null]");
    }

    private static String render(String template) {
        return TemplateEngine.render(
                TemplateSource.forJinjava(template),
                Map.of("messages", List.of(Map.of("role", "user", "content", "one"))),
                LocalDate.of(2026, 11, 22),
                3);
    }
}
