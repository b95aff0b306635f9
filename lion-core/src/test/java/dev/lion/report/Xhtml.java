package dev.lion.report;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;

/** A page read back by an XML parser, which accepts nothing that is not well formed. */
final class Xhtml {
    private final Document document;

    private Xhtml(Document document) {
        this.document = document;
    }

    static Xhtml parse(String page) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setErrorHandler(new DefaultHandler());
        return new Xhtml(builder.parse(new InputSource(new StringReader(page))));
    }

    static Xhtml of(ReportData data) throws Exception {
        return parse(HtmlReport.of(data).html());
    }

    /** The elements that an XPath finds. */
    List<Element> all(String xpath) throws Exception {
        NodeList nodes =
                (NodeList) XPathFactory.newInstance().newXPath().evaluate(xpath, document, XPathConstants.NODESET);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    List<String> texts(String xpath) throws Exception {
        return all(xpath).stream().map(Element::getTextContent).toList();
    }

    String text(String xpath) throws Exception {
        return String.join("\n", texts(xpath));
    }
}
