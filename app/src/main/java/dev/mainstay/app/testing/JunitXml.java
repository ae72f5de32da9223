package dev.mainstay.app.testing;

import dev.mainstay.core.testing.Step;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// How tests went, in the XML of JUnit's Ant task, which build servers read.
public final class JunitXml {
  private final XMLStreamWriter xml;

  private JunitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  public static String of(List<Outcome.OfFile> files) {
    var text = new StringWriter();
    try {
      var writer = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      new JunitXml(writer).write(files);
      writer.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  private void write(List<Outcome.OfFile> files) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    line("");
    xml.writeStartElement("testsuites");
    for (Outcome.OfFile file : files) {
      line("  ");
      write(file);
    }
    line("");
    xml.writeEndElement();
    line("");
    xml.writeEndDocument();
  }

  private void write(Outcome.OfFile file) throws XMLStreamException {
    xml.writeStartElement("testsuite");
    attribute("name", file.file().name());
    attribute("tests", Integer.toString(file.outcomes().size()));
    attribute("failures", Integer.toString(file.failed().size()));
    attribute("errors", "0");
    attribute("skipped", "0");
    Duration all = Duration.ZERO;
    for (Outcome outcome : file.outcomes()) all = all.plus(outcome.took());
    attribute("time", seconds(all));
    for (Outcome outcome : file.outcomes()) {
      line("    ");
      write(outcome, file.file().name());
    }
    line("  ");
    xml.writeEndElement();
  }

  private void write(Outcome outcome, String file) throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute("name", outcome.test().name());
    attribute("classname", file);
    attribute("file", file);
    attribute("line", Integer.toString(outcome.test().position().line()));
    attribute("time", seconds(outcome.took()));
    Outcome.Failure failure = outcome.failure();
    if (failure != null) {
      Step step = failure.step();
      line("      ");
      xml.writeStartElement("failure");
      attribute("message", failure.lines().getFirst());
      xml.writeCharacters(
          allowed(
              "%s:%d: as %s: %s\n%s"
                  .formatted(
                      file,
                      step.position().line(),
                      step.as().name(),
                      step.call(),
                      String.join("\n", failure.lines()))));
      xml.writeEndElement();
      line("    ");
    }
    xml.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, allowed(value));
  }

  private void line(String indent) throws XMLStreamException {
    xml.writeCharacters("\n" + indent);
  }

  /// XML 1.0 has no place for most control characters, however they are written.
  private static String allowed(String text) {
    int[] points =
        text.codePoints()
            .map(
                p ->
                    (p < 0x20 && p != '\t' && p != '\n' && p != '\r')
                            || (p >= 0xD800 && p <= 0xDFFF)
                            || p == 0xFFFE
                            || p == 0xFFFF
                        ? '?'
                        : p)
            .toArray();
    return new String(points, 0, points.length);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1e3);
  }
}
