"""办公的网址: the clerk's, the examiner's, the issuing window's and the supervisor's pages."""

from django.urls import path

from onewindow.web.views import correcting, desk, errands, inbox, issue, overruns, pay, proof, serving, watch
from onewindow.web.views.case import act as case_act
from onewindow.web.views.case import page as case_page
from onewindow.web.views.counter import account, deaths, done, person, relations, scans, sheet

urlpatterns = [
    path("counter/", person.start, name="counter"),
    path("counter/find/", person.find, name="counter_find"),
    path("counter/file/", person.file, name="counter_file"),
    path("counter/relations/", relations.relations, name="counter_relations"),
    path("counter/relations/<int:claim>/", relations.settle, name="counter_relation"),
    path("counter/account/", account.account, name="counter_account"),
    path("counter/death/", deaths.death, name="counter_death"),
    path("counter/unmask/", person.unmask, name="counter_unmask"),
    path("counter/next/", person.next_person, name="counter_next"),
    path("counter/items/", person.items, name="counter_items"),
    path("counter/begin/", person.begin, name="counter_begin"),
    path("counter/take-up/", person.take_up, name="counter_take_up"),
    path("counter/<uuid:once>/", sheet.intake_sheet, name="counter_sheet"),
    path("counter/<uuid:once>/save/", sheet.save, name="counter_save"),
    path("counter/<uuid:once>/scans/<int:material>/", scans.look, name="counter_scan"),
    path("counter/<uuid:once>/files/<int:submitted>/", scans.uploaded, name="counter_uploaded"),
    path("counter/<uuid:once>/ask/", sheet.ask, name="counter_ask"),
    path("counter/<uuid:once>/refuse/", sheet.turn_down, name="counter_refuse"),
    path("counter/<uuid:once>/done/", done.result, name="counter_done"),
    path("counter/<uuid:once>/letters/", done.letters, name="counter_letters"),
    path("desk/", desk.work_list, name="desk"),
    path("issue/", issue.issue_list, name="issue"),
    path("issue/letters/<int:letter>/", serving.pdf, name="issue_letter"),
    path("issue/letters/<int:letter>/<slug:way>/", serving.serve, name="issue_serve"),
    path("cash/", pay.taken, name="cash"),
    path("errands/", errands.failed, name="errands"),
    path("errands/<int:job>/retry/", errands.retry, name="errands_retry"),
    path("messages/", inbox.inbox, name="staff_messages"),
    path("messages/read/", inbox.all_read, name="staff_messages_read"),
    path("messages/<int:message>/", inbox.opened, name="staff_message"),
    path("watch/", watch.lists, name="watch"),
    path("watch/overdue/export/", overruns.export, name="overruns_export"),
    path("watch/overdue/<int:overdue>/", overruns.show, name="overrun"),
    path("watch/overdue/<int:overdue>/explain/", overruns.explain, name="overrun_explain"),
    path("watch/overdue/<int:overdue>/send-back/", overruns.send_back, name="overrun_send_back"),
    path("watch/overdue/<int:overdue>/settle/", overruns.settle, name="overrun_settle"),
    path("cases/<str:number>/", case_page.show, name="case"),
    path("cases/<str:number>/unmask/", case_page.unmask, name="case_unmask"),
    path("cases/<str:number>/time/", case_page.time, name="case_time"),
    path("cases/<str:number>/time/<slug:term>/", proof.desk, name="case_proof"),
    path("cases/<str:number>/time/<slug:term>/pdf/", proof.desk_pdf, name="case_proof_pdf"),
    path("cases/<str:number>/do/<slug:act>/", case_act.do, name="case_do"),
    path("cases/<str:number>/letters/", case_page.letters, name="case_letters"),
    path("cases/<str:number>/letters/<int:letter>/", case_page.letter, name="case_letter"),
    path("cases/<str:number>/letters/<int:letter>/correct/", correcting.correct, name="case_correct_letter"),
    path("cases/<str:number>/corrections/<int:reissue>/", correcting.settle, name="case_correction"),
    path("cases/<str:number>/files/<int:file>/", case_page.file, name="case_file"),
]
