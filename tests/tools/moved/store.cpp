// A class around the SDK: small texts under names.
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>
#include "oss_api.h"
#include "aos_http_io.h"

class Store {
public:
    Store(const std::string &bucket, const std::string &prefix) : bucket_(bucket), prefix_(prefix)
    {
        aos_pool_create(&pool_, NULL);
        options_ = oss_request_options_create(pool_);
        options_->config = oss_config_create(pool_);
        aos_str_set(&options_->config->endpoint, std::getenv("OSS_ENDPOINT"));
        aos_str_set(&options_->config->access_key_id, std::getenv("OSS_ACCESS_KEY_ID"));
        aos_str_set(&options_->config->access_key_secret, std::getenv("OSS_ACCESS_KEY_SECRET"));
        options_->ctl = aos_http_controller_create(pool_, 0);
    }

    ~Store() { aos_pool_destroy(pool_); }

    bool put(const std::string &name, const std::string &text)
    {
        aos_string_t bucket, object;
        aos_list_t body;
        aos_list_init(&body);
        aos_buf_t *content = aos_buf_pack(pool_, text.c_str(), text.size());
        aos_list_add_tail(&content->node, &body);
        aos_str_set(&bucket, bucket_.c_str());
        std::string key = prefix_ + name;
        aos_str_set(&object, key.c_str());
        if (!succeeded(oss_put_object_from_buffer(options_, &bucket, &object, &body, NULL, NULL))) return false;
        ++written_;
        return true;
    }

    std::vector<std::string> keys()
    {
        std::vector<std::string> found;
        aos_string_t bucket;
        oss_list_object_params_t *params = oss_create_list_object_params(pool_);
        oss_list_object_content_t *content;
        aos_str_set(&bucket, bucket_.c_str());
        aos_str_set(&params->prefix, prefix_.c_str());
        if (!succeeded(oss_list_object(options_, &bucket, params, NULL))) return found;
        aos_list_for_each_entry(oss_list_object_content_t, content, &params->object_list, node) {
            found.push_back(std::string(content->key.data, content->key.len));
        }
        return found;
    }

    bool remove(const std::string &name)
    {
        aos_string_t bucket, object;
        std::string key = prefix_ + name;
        aos_str_set(&bucket, bucket_.c_str());
        aos_str_set(&object, key.c_str());
        return succeeded(oss_delete_object(options_, &bucket, &object, NULL));
    }

    int written() const { return written_; }
    int code() const { return code_; }

private:
    bool succeeded(aos_status_t *status)
    {
        code_ = status->code;
        return aos_status_is_ok(status);
    }

    std::string bucket_;
    std::string prefix_;
    aos_pool_t *pool_ = nullptr;
    oss_request_options_t *options_ = nullptr;
    int written_ = 0;
    int code_ = 0;
};

int main()
{
    if (aos_http_io_initialize(NULL, 0) != AOSE_OK) return 1;
    {
        Store store("examplebucket", "notes/");
        for (const std::string day : {"monday", "tuesday", "friday"}) store.put(day, "the text of " + day);
        store.remove("tuesday");
        for (const auto &key : store.keys()) std::cout << key << std::endl;
        std::cout << store.written() << " written" << std::endl;
    }
    {
        Store nowhere("nowhere", "");
        if (!nowhere.put("monday", "")) std::cout << "not written: " << nowhere.code() << std::endl;
    }
    aos_http_io_deinitialize();
    return 0;
}
