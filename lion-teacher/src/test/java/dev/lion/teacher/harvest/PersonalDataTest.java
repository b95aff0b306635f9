package dev.lion.teacher.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {
    private static String masked(String text) {
        return PersonalData.masked(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Write to jane.doe+news@mail.example.co.uk today.|Write to [e-mail address] today.",
                "Mail an jürgen@müller.de!|Mail an [e-mail address]!",
                "Pay GB82 WEST 1234 5698 7654 32 now|Pay [bank account] now",
                "IBAN DE89370400440532013000.|IBAN [bank account].",
                "My card 4111 1111 1111 1111 was declined|My card [card number] was declined",
                "Karte 5500-0000-0000-0004|Karte [card number]",
                "Call +49 30 901820 or 030/901820|Call [telephone number] or [telephone number]",
                "Call (415) 555-2671 please|Call [telephone number] please",
                "Tel. +1-415-555-2671|Tel. [telephone number]",
                "0151 23456789 ist meine Nummer|[telephone number] ist meine Nummer"
            })
    void masked_personalData_isReplaced(String text, String expected) {
        assertThat(masked(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is 1234567890123456 plus 1?",
                "Round 3.14159265358979 to 2 digits",
                "In 1969, 600 million people watched; in 2022-2024 more",
                "Version 10.0.19045.3693 of 2023-10-31 at 12:30:45",
                "Order DE12 3456 7890 1234 5678 90 has no check digits",
                "Sort 1, 20, 300, 4000 and 50000",
                "@handle is no address, nor is a@b",
                "Convert 0.000123 to 1.23e-4",
                ""
            })
    void masked_otherNumbersAndWords_stay(String text) {
        assertThat(masked(text)).isEqualTo(text);
    }

    @Test
    void masked_longRunsOfDigits_stayAndAreDoneWith() {
        String text =
                "+1 ".repeat(20_000) + "9".repeat(20_000) + " DE12" + "A1".repeat(5_000) + " a@" + "b.".repeat(5_000);
        assertThat(masked(text)).isEqualTo(text);
    }

    @Test
    void masked_severalInOneText_areAllReplaced() {
        assertThat(masked("a@b.org and c@d.org, 4111111111111111"))
                .isEqualTo("[e-mail address] and [e-mail address], [card number]");
    }
}
