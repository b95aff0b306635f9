package dev.lion.teacher.harvest;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts a word in place of what looks like personal data: e-mail addresses, IBANs and card numbers whose check digits are
 * right, telephone numbers. It is a beginning, not a guarantee: names, addresses and most numbers of customers stay. Any thread
 * may use it.
 */
final class PersonalData {
    private static final Pattern EMAIL =
            Pattern.compile("[\\p{L}\\p{N}._%+-]{1,64}@(?:[\\p{L}\\p{N}-]{1,63}\\.){1,8}\\p{L}{2,24}");

    private static final Pattern IBAN = Pattern.compile("\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]){11,30}\\b");
    private static final Pattern CARD = Pattern.compile("(?<![\\d.,])\\d(?:[ -]?\\d){12,18}(?![\\d]|[.,]\\d)");

    /** With a country code or a leading zero, or in groups as they are written in North America. */
    private static final Pattern PHONE =
            Pattern.compile("(?<![\\w.,/-])(?:(?:\\+|00)[1-9]\\d{0,2}[ ./-]?(?:\\(\\d{1,5}\\)[ ./-]?)?"
                    + "(?:\\d{1,5}[ ./-]?){2,6}\\d|\\(?0\\d{1,5}\\)?[ ./-](?:\\d{2,8}[ ./-]?){1,4}\\d{1,4}"
                    + "|\\(?[2-9]\\d{2}\\)?[ .-]\\d{3}[ .-]\\d{4})(?![\\w-])");

    private static final int IBAN_MODULUS = 97;
    private static final int LONGEST_IBAN = 34;
    private static final int FEWEST_PHONE_DIGITS = 7;

    private PersonalData() {}

    /** The text with words in place of what was found; never empty. */
    static Optional<String> masked(String text) {
        String masked = EMAIL.matcher(text).replaceAll("[e-mail address]");
        masked = replaceIf(IBAN, masked, PersonalData::isIban, "[bank account]");
        masked = replaceIf(CARD, masked, PersonalData::isCard, "[card number]");
        masked = replaceIf(PHONE, masked, PersonalData::isPhone, "[telephone number]");
        return Optional.of(masked);
    }

    private static String replaceIf(Pattern pattern, String text, Predicate<String> condition, String word) {
        return pattern.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(condition.test(found.group()) ? word : found.group()));
    }

    /** ISO 13616: the first four characters moved to the end, letters as numbers from 10, modulo 97 is 1. */
    private static boolean isIban(String found) {
        String iban = found.replace(" ", "").toUpperCase(Locale.ROOT);
        if (iban.length() > LONGEST_IBAN) {
            return false;
        }
        StringBuilder digits = new StringBuilder();
        (iban.substring(4) + iban.substring(0, 4)).chars().forEach(c -> digits.append(Character.digit(c, 36)));
        return new BigInteger(digits.toString())
                        .mod(BigInteger.valueOf(IBAN_MODULUS))
                        .intValue()
                == 1;
    }

    /** Luhn's sum: every second digit from the right doubled. */
    private static boolean isCard(String found) {
        int sum = 0;
        boolean doubled = false;
        String digits = found.replaceAll("\\D", "");
        for (int i = digits.length() - 1; i >= 0; i--) {
            int digit = digits.charAt(i) - '0';
            int counted = doubled ? 2 * digit : digit;
            sum += counted > 9 ? counted - 9 : counted;
            doubled = !doubled;
        }
        return sum % 10 == 0;
    }

    private static boolean isPhone(String found) {
        return found.replaceAll("\\D", "").length() >= FEWEST_PHONE_DIGITS;
    }
}
