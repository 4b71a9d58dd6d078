// What only one language knows of a file. The struct stands in the language's room, beside the functions that
// write it for the cache and read it again (languages/NAME); everybody else hands it on.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "model/languages.h"

namespace slim {

struct LanguageRecord {
  LanguageRecord() = default;
  LanguageRecord(const LanguageRecord&) = default;
  LanguageRecord& operator=(const LanguageRecord&) = default;
  virtual ~LanguageRecord() = default;
};

// At most one record of each language. Records are shared by copies and never changed.
class LanguageRecords {
 public:
  // Null where the language knows nothing of the file.
  const LanguageRecord* find(Language language) const {
    for (const auto& [of, record] : records_) {
      if (of == language) return record.get();
    }
    return nullptr;
  }
  void put(Language language, std::shared_ptr<const LanguageRecord> record) {
    records_.emplace_back(language, std::move(record));
  }

 private:
  std::vector<std::pair<Language, std::shared_ptr<const LanguageRecord>>> records_;
};

}  // namespace slim
