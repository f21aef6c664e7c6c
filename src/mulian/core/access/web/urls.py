"""Addresses of people, duties, rotas, phones and places."""

from django.urls import path

from mulian.core.access.web import areas, enrolment, people, postings

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/rota/", postings.rota, name="rota"),
    path("people/rota/<uuid:id>/remove/", postings.remove_shift, name="remove_shift"),
    path("people/duties/<uuid:id>/close/", postings.close_posting, name="close_posting"),
    path("people/duties/<uuid:id>/leave/", postings.leave, name="leave"),
    path("people/phones/<uuid:id>/revoke/", enrolment.revoke, name="revoke_device"),
    path("people/<uuid:id>/", people.person, name="person"),
    path("people/<uuid:id>/password/", people.reset_password, name="reset_password"),
    path("people/<uuid:id>/switch/", people.switch, name="switch_person"),
    path("people/<uuid:id>/duties/", postings.open_posting, name="open_posting"),
    path("people/<uuid:id>/phones/", enrolment.start, name="enrol"),
    path("areas/", areas.areas, name="areas"),
    path("areas/<str:code>/", areas.area, name="area"),
]
