package dev.lion.guide;

import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.role.Comparison;
import dev.lion.role.Referee;
import dev.lion.testing.RefereeContract;
import java.util.List;
import java.util.Locale;

class KeywordRefereeTest extends RefereeContract {
    // region lambda
    static Referee mentioning(String keyword) {
        return comparison -> Verdict.of(score(comparison.first(), keyword), score(comparison.second(), keyword));
    }

    private static double score(Response answer, String keyword) {
        return answer.text().toLowerCase(Locale.ROOT).contains(keyword) ? 8 : 3;
    }
    // endregion

    // region lambda-test
    @Override
    protected Referee create() {
        return mentioning("refund");
    }

    @Override
    protected List<Comparison> comparisons() { // in each, the first answer is the better one
        Instruction question = Instruction.of("The parcel arrived broken. What now?");
        Response helpful = Response.of("We are sorry. You get a refund.");
        return List.of(
                new Comparison(question, helpful, Response.of("Bad luck.")),
                new Comparison(question, helpful, Response.of("")));
    }
    // endregion
}
